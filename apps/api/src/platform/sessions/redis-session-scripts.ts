// The Lua scripts of the session store; each is atomic. Positions in a record are those of `encodeRecord`, counted from
// 1: the user is 2 to 6, the login 7, the flags 9.

// Ends the oldest sessions of a user beyond the limits, pending and complete ones apart; never the one that has just
// begun. Stale entries of the index are removed.
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

// An index expires with the last of its sessions.
const EXPIRE_INDEX = `
  local function expireIndex(index, now)
    local longest = redis.call('ZREVRANGE', index, 0, 0, 'WITHSCORES')
    redis.call('PEXPIRE', index, math.max(1, longest[2] - now))
  end`;

// Creates a session and its index entry. Each write removes expired entries from the index.
// ARGV: text, milliseconds to live, end, now, id, prefix, max complete sessions, max pending ones.
export const CREATE = `${END_OLDEST}${EXPIRE_INDEX}
  if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[5])
  endOldest(KEYS[2], ARGV[6], ARGV[5], tonumber(ARGV[7]), tonumber(ARGV[8]))
  expireIndex(KEYS[2], ARGV[4])
  return 1`;

// Writes over the exact text that was read, or not at all.
export const REPLACE = `${EXPIRE_INDEX}
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'XX', 'PX', ARGV[3])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[6])
  expireIndex(KEYS[2], ARGV[5])
  return 1`;

// KEYS: old, new, index. ARGV as in CREATE, with the old id at the end. A pending session may have become complete.
export const MOVE = `${END_OLDEST}${EXPIRE_INDEX}
  if redis.call('DEL', KEYS[1]) == 0 then return 0 end
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
  redis.call('ZREM', KEYS[3], ARGV[9])
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[5])
  endOldest(KEYS[3], ARGV[6], ARGV[5], tonumber(ARGV[7]), tonumber(ARGV[8]))
  expireIndex(KEYS[3], ARGV[4])
  return 1`;

// Also removes index entries of sessions that no longer exist. Returns the number of sessions ended.
export const END_ALL = `
  local ended = 0
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if id ~= ARGV[2] then
      ended = ended + redis.call('DEL', ARGV[1] .. id)
      redis.call('ZREM', KEYS[1], id)
    end
  end
  return ended`;

// Returns each of a user's sessions with its text, and removes stale entries of the index.
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

// Writes a user's current data into each of their sessions; everything else, their expiry too, stays. One script: with
// one command per session, a user with many would exceed a request's deadline.
// ARGV: prefix, then the user's five fields of a record.
export const REWRITE_USER = `
  for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local text = redis.call('GET', ARGV[1] .. id)
    local isRead, record = pcall(cjson.decode, text or '')
    if not text then redis.call('ZREM', KEYS[1], id)
    elseif isRead and type(record) == 'table' and #record >= 9 then
      for place = 2, 6 do record[place] = ARGV[place] end
      redis.call('SET', ARGV[1] .. id, cjson.encode(record), 'KEEPTTL')
    end
  end
  return 1`;
