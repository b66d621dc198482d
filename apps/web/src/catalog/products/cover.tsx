import classes from "./cover.module.css";

interface CoverProps {
  slug: string;
  coverUrl: string | null;
  /** The name to be set on a drawn cover, where that is large enough to read it. */
  name?: string;
  /** How wide it is shown, as `sizes` of an `img`; as on a card if left out. */
  sizes?: string;
  /** It is at the top of the page: it is loaded at once. */
  isFirst?: boolean;
}

/** How wide a picture is shown on the page of its product, as `sizes` of an `img`. */
export const PAGE_SIZES = "(max-width: 48rem) 100vw, 40rem";
const CARD_SIZES = "(max-width: 30rem) 100vw, 20rem";

/** The addresses of all sizes of a picture, made from that of its middle one. */
export function srcSetOf(url: string): string {
  return [320, 640, 1280].map((width) => `${url.replace("-640.", `-${width}.`)} ${width}w`).join(", ");
}

/** A product's cover, or one drawn from its slug. It is decorative: the name stands beside it, too. */
export function Cover({ slug, coverUrl, name = "", sizes = CARD_SIZES, isFirst = false }: CoverProps) {
  if (coverUrl !== null)
    return (
      <img
        className={classes.cover}
        src={coverUrl}
        srcSet={srcSetOf(coverUrl)}
        sizes={sizes}
        alt=""
        loading={isFirst ? "eager" : "lazy"}
      />
    );
  return <DrawnCover seed={slug} name={name} />;
}

const HUES = [12, 38, 64, 95, 140, 175, 205, 245, 285, 330, 352];

function DrawnCover({ seed, name }: { seed: string; name: string }) {
  const random = randomFrom(seed);
  const hue = HUES[Math.floor(random() * HUES.length)] ?? 12;
  const other = (hue + 40 + Math.floor(random() * 5) * 35) % 360;
  const draw = MOTIFS[Math.floor(random() * MOTIFS.length)] ?? drawTiles;
  return (
    <div className={classes.cover} aria-hidden="true" style={{ "--hue": hue, "--other": other } as React.CSSProperties}>
      <svg viewBox="0 0 400 300" preserveAspectRatio="xMidYMid slice" className={classes.drawing} aria-hidden="true">
        <rect width="400" height="300" className={classes.ground} />
        {draw(random)}
      </svg>
      {name !== "" && <span className={classes.name} data-name={name} />}
    </div>
  );
}

const INKS = [classes.soft, classes.mid, classes.strong, classes.accent];

function ink(random: () => number) {
  return INKS[Math.floor(random() * INKS.length)];
}

// Quarter circles, like tiles laid at random.
function drawTiles(random: () => number) {
  const tiles = [];
  for (let y = 0; y < 3; y += 1) {
    for (let x = 0; x < 4; x += 1) {
      const turn = Math.floor(random() * 4) * 90;
      const shape = random() < 0.2 ? <circle cx="50" cy="50" r="28" /> : <path d="M0 0H100A100 100 0 0 1 0 100Z" />;
      tiles.push(
        <g
          key={`${x}-${y}`}
          className={ink(random)}
          transform={`translate(${x * 100} ${y * 100}) rotate(${turn} 50 50)`}
        >
          {shape}
        </g>,
      );
    }
  }
  return tiles;
}

// Rings around an off-centre point.
function drawArcs(random: () => number) {
  const x = 60 + random() * 280;
  const y = random() < 0.5 ? 300 : 40 + random() * 220;
  const rings = [classes.soft, classes.mid, classes.strong, classes.soft, classes.accent];
  const width = 38 + random() * 16;
  return rings.map((name, index) => (
    <circle key={`${index}-${name}`} className={name} cx={x} cy={y} r={(rings.length - index) * width} />
  ));
}

// Hills under a sun.
function drawHills(random: () => number) {
  const sunX = 70 + random() * 260;
  return (
    <>
      <circle className={classes.accent} cx={sunX} cy={80 + random() * 50} r={30 + random() * 22} />
      {[classes.soft, classes.mid, classes.strong].map((name, index) => (
        <ellipse
          key={name}
          className={name}
          cx={random() * 400}
          cy={300 + index * 22}
          rx={190 + random() * 150}
          ry={150 - index * 40 + random() * 20}
        />
      ))}
    </>
  );
}

// Columns of different heights, like a skyline.
function drawColumns(random: () => number) {
  return Array.from({ length: 8 }, (_, index) => {
    const height = 60 + random() * 200;
    return <rect key={index} className={ink(random)} x={index * 50} y={300 - height} width="50" height={height} />;
  });
}

// Waves, one before the other.
function drawWaves(random: () => number) {
  return INKS.map((name, index) => {
    const y = 70 + index * 58;
    const swing = 30 + random() * 50;
    return <path key={name} className={name} d={`M0 ${y}Q100 ${y - swing} 200 ${y}T400 ${y}V300H0Z`} />;
  });
}

const MOTIFS = [drawTiles, drawArcs, drawHills, drawColumns, drawWaves];

/** Numbers from 0 to 1, always the same for the same text (FNV-1a, then mulberry32). */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
