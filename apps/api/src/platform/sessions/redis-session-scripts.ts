import { OPERATOR } from "./session-record.ts";

// Lua scripts of the Redis session store; each runs atomically. A script reads a record by the positions of
// `encodeRecord`, counted from 1: user 2 to 6, time of the login 7, flags 9.

// Ends the user's oldest sessions beyond the limits, which are separate for pending and complete sessions. Never ends
// the session `own`, which has just begun. Removes index entries of sessions that no longer exist.
const END_OLDEST = `
  local function endOldest(index, prefix, own, mostComplete, mostPending)
    if redis.call('ZCARD', index) <= math.min(mostComplete, mostPending) then return end
    local complete, pending = {}, {}
    for _, id in ipairs(redis.call('ZRANGE', index, 0, -1)) do
      local text = redis.call('GET', prefix .. id)
      local isRead, record = pcall(cjson.decode, text or '')
      if not text then redis.call('ZREM', index, id)
      elseif isRead and type(record) == 'table' and tonumber(record[7]) and tonumber(record[9]) then
        local kind = math.floor(tonumber(record[9]) / 2) % 2 == 1 and pending or complete
        kind[#kind + 1] = { id = id, at = id == own and math.huge or tonumber(record[7]) }
      end
    end
    for kind, most in pairs({ [complete] = mostComplete, [pending] = mostPending }) do
      table.sort(kind, function(a, b) return a.at < b.at end)
      for place = 1, #kind - most do
        redis.call('DEL', prefix .. kind[place].id)
        redis.call('ZREM', index, kind[place].id)
      end
    end
  end`;

// Makes a user's index expire together with the last of the sessions in it.
const EXPIRE_INDEX = `
  local function expireIndex(index, now)
    local longest = redis.call('ZREVRANGE', index, 0, 0, 'WITHSCORES')
    redis.call('PEXPIRE', index, math.max(1, longest[2] - now))
  end`;

// Creates a session and its entry in the user's index, and removes expired entries from the index. Writes nothing if
// the id is in use.
// KEYS: session, index. ARGV: text, milliseconds to live, end, now, id, prefix, maximum of complete sessions, maximum
// of pending sessions.
export const CREATE = `${END_OLDEST}${EXPIRE_INDEX}
  if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[5])
  endOldest(KEYS[2], ARGV[6], ARGV[5], tonumber(ARGV[7]), tonumber(ARGV[8]))
  expireIndex(KEYS[2], ARGV[4])
  return 1`;

// Replaces a session's text if it is still the text that was read; otherwise writes nothing.
// KEYS: session, index. ARGV: text that was read, new text, milliseconds to live, end, now, id.
export const REPLACE = `${EXPIRE_INDEX}
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'XX', 'PX', ARGV[3])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[6])
  expireIndex(KEYS[2], ARGV[5])
  return 1`;

// Moves a session to a new id; writes nothing if the old session no longer exists. Applies the limits as CREATE does,
// since a pending session may have become complete.
// KEYS: old session, new session, index. ARGV: those of CREATE, then the old id.
export const MOVE = `${END_OLDEST}${EXPIRE_INDEX}
  if redis.call('DEL', KEYS[1]) == 0 then return 0 end
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
  redis.call('ZREM', KEYS[3], ARGV[9])
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[5])
  endOldest(KEYS[3], ARGV[6], ARGV[5], tonumber(ARGV[7]), tonumber(ARGV[8]))
  expireIndex(KEYS[3], ARGV[4])
  return 1`;

// Ends all sessions of a user but one, and removes index entries of sessions that no longer exist. Returns the number
// of ended sessions.
// KEYS: index. ARGV: prefix, id of the session to keep.
export const END_ALL = `
  local ended = 0
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if id ~= ARGV[2] then
      ended = ended + redis.call('DEL', ARGV[1] .. id)
      redis.call('ZREM', KEYS[1], id)
    end
  end
  return ended`;

// Returns the id and the text of each of a user's sessions, and removes index entries of sessions that no longer exist.
// KEYS: index. ARGV: prefix.
export const LIST = `
  local found = {}
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local text = redis.call('GET', ARGV[1] .. id)
    if text then
      found[#found + 1] = id
      found[#found + 1] = text
    else
      redis.call('ZREM', KEYS[1], id)
    end
  end
  return found`;

// Replaces the user's data in each of their sessions; the rest of the record and the expiry stay the same. This is one
// script, since for a user with many sessions one command per session would exceed a request's deadline.
// KEYS: index. ARGV: prefix, then the user's five fields of a record, then the flag of an operator (`OPERATOR`), or 0. It
// is the highest flag, so the remainder keeps the others.
export const REWRITE_USER = `
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local text = redis.call('GET', ARGV[1] .. id)
    local isRead, record = pcall(cjson.decode, text or '')
    if not text then redis.call('ZREM', KEYS[1], id)
    elseif isRead and type(record) == 'table' and #record >= 9 then
      for place = 2, 6 do record[place] = ARGV[place] end
      record[9] = record[9] % ${OPERATOR} + tonumber(ARGV[7])
      redis.call('SET', ARGV[1] .. id, cjson.encode(record), 'KEEPTTL')
    end
  end
  return 1`;
