/**
 * Makes a PDF of one page with lines of text, for the demo's files. Only characters of ASCII; a line that is too long is
 * cut off at the edge of the page. Source: ISO 32000-1, 7.5.
 */
export function makePdf(lines: readonly string[]): Buffer {
  const texts = lines.map((line) => `(${line.replace(/[^ -~]/g, "?").replace(/[\\()]/g, String.raw`\$&`)}) Tj T*`);
  const content = `BT /F1 18 Tf 24 TL 60 760 Td ${texts.join(" ")} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, "latin1");
}
