/*
 * What the Redis store does, as Lua: Redis runs a script to its end before anything else, hence atomic over all instances.
 * Every script may run twice for one call (its answer can be lost with the connection), so each knows its own repetition.
 */

/**
 * A session's record is a hash: `session` as JSON, the numbers that scripts compare, `part:<n>` as `<bytes> <digest>`. Of its end and of
 * when it is forgotten the numbers hold, not the JSON: they may be put off.
 */
const FIND = `
local now = tonumber(ARGV[1])
local at = redis.call('HMGET', KEYS[1], 'forgetAt', 'expiresAt', 'closedAt', 'submission', 'subject')
if not at[1] or now >= tonumber(at[1]) then return {'unknown'} end
local over = at[3] or now >= tonumber(at[2])
local submission = at[4]
`;

/** ARGV: attempts, window; needs `now` and the key of the user's attempts. */
const COUNT_ATTEMPTS = `
local function overAttempts(key, attempts, window)
  if attempts == 0 then return nil end
  redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now - window))
  if redis.call('ZCARD', key) < attempts then return nil end
  local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
  return {'too-many-attempts', string.format('%.0f', tonumber(oldest[2]) + window - now)}
end
`;

/**
 * KEYS: session, idempotency key, the user's last opening, the user's attempts, open sessions.
 * ARGV: now, id, session as JSON, expiresAt, forgetAt, milliseconds to keep it, subject or '', maxParts, maxBytes,
 * fingerprint or '', prefix of session keys, interval, attempts, window, open sessions, milliseconds of slack, 1 where it counts as an
 * attempt from here on.
 */
const CREATE = `
local now = tonumber(ARGV[1])
${COUNT_ATTEMPTS}
if redis.call('EXISTS', KEYS[1]) == 1 then return {'created'} end
if ARGV[10] ~= '' then
  local earlier = redis.call('HMGET', KEYS[2], 'sessionId', 'fingerprint')
  local there = earlier[1] and redis.call('HMGET', ARGV[11] .. earlier[1], 'session', 'forgetAt', 'expiresAt')
  if there and there[1] and now < tonumber(there[2]) then
    if earlier[2] == ARGV[10] then return {'replayed', there[1], there[3], there[2]} end
    return {'conflict'}
  end
end
local interval, attempts, window, most = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14]), tonumber(ARGV[15])
local slack = tonumber(ARGV[16])
if ARGV[7] ~= '' then
  local last = redis.call('GET', KEYS[3])
  if last and now - tonumber(last) < interval then return {'too-frequent', string.format('%.0f', interval - (now - tonumber(last)))} end
  local reached = overAttempts(KEYS[4], attempts, window)
  if reached then return reached end
end
if most > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ARGV[1])
  if redis.call('ZCARD', KEYS[5]) >= most then
    local first = redis.call('ZRANGE', KEYS[5], 0, 0, 'WITHSCORES')
    return {'too-many-open', string.format('%.0f', tonumber(first[2]) - now)}
  end
  redis.call('ZADD', KEYS[5], ARGV[4], ARGV[2])
end
if ARGV[7] ~= '' and interval > 0 then redis.call('SET', KEYS[3], ARGV[1], 'PX', string.format('%.0f', interval + slack)) end
redis.call('HSET', KEYS[1], 'session', ARGV[3], 'expiresAt', ARGV[4], 'forgetAt', ARGV[5], 'maxParts', ARGV[8], 'maxBytes', ARGV[9], 'bytes', 0)
if ARGV[7] ~= '' then redis.call('HSET', KEYS[1], 'subject', ARGV[7]) end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
if ARGV[17] == '1' and ARGV[7] ~= '' and attempts > 0 then
  redis.call('ZADD', KEYS[4], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[4], string.format('%.0f', window + slack))
  redis.call('HSET', KEYS[1], 'counted', '1')
end
if ARGV[10] ~= '' then
  redis.call('HSET', KEYS[2], 'sessionId', ARGV[2], 'fingerprint', ARGV[10])
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end
return {'created'}
`;

/** KEYS: session. ARGV: now. */
const READ = `${FIND}
return {'found', unpack(redis.call('HGETALL', KEYS[1]))}
`;

/**
 * KEYS: session, nonce, open sessions. ARGV: now, id, channel as JSON, prefix of attempts, 1 where it leads to a vendor, when the session ends
 * at the earliest or 0, milliseconds of slack.
 */
const SAVE_CHANNEL = `${FIND}
if redis.call('HSETNX', KEYS[1], 'channel', ARGV[3]) == 1 then
  if ARGV[5] ~= '1' and redis.call('HDEL', KEYS[1], 'counted') == 1 then redis.call('ZREM', ARGV[4] .. at[5], ARGV[2]) end
  local later = tonumber(ARGV[6]) - tonumber(at[2])
  if later > 0 then
    local forgetAt = tonumber(at[1]) + later
    redis.call('HSET', KEYS[1], 'expiresAt', ARGV[6], 'forgetAt', string.format('%.0f', forgetAt))
    redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, forgetAt - now) + tonumber(ARGV[7])))
    redis.call('ZADD', KEYS[3], 'XX', ARGV[6], ARGV[2])
  end
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', redis.call('PTTL', KEYS[1]))
return {'saved'}
`;

/** KEYS: nonce. */
const FIND_NONCE = `
return {redis.call('GET', KEYS[1]) or ''}
`;

/** What is remembered of evidence is `<until> <id>`, each by its digest. Needs `now`. */
const CLAIM_DIGESTS = `
local function claimDigests(from, prefix, owner, keep, slack)
  local replayed = {'replayed'}
  for index = from, #ARGV do
    local earlier = redis.call('GET', prefix .. ARGV[index])
    if earlier then
      local till, by = string.match(earlier, '^(%d+) (.*)$')
      if by ~= owner and now < tonumber(till) then replayed[#replayed + 1] = ARGV[index] end
    end
  end
  if #replayed > 1 then return replayed end
  for index = from, #ARGV do
    redis.call('SET', prefix .. ARGV[index], string.format('%.0f', now + tonumber(keep)) .. ' ' .. owner, 'PX', string.format('%.0f', tonumber(keep) + tonumber(slack)))
  end
  return nil
end
`;

/** KEYS: session. ARGV: now, index, bytes, digest. */
const CLAIM_PART = `${FIND}
local field = 'part:' .. ARGV[2]
local there = redis.call('HGET', KEYS[1], field)
if there and string.sub(there, -string.len(ARGV[4])) == ARGV[4] then return {'present'} end
if submission then return {'used'} end
if over then return {'expired'} end
if there then return {'conflict'} end
local limits = redis.call('HMGET', KEYS[1], 'maxParts', 'maxBytes', 'bytes')
if tonumber(ARGV[2]) >= tonumber(limits[1]) then return {'too-many'} end
if tonumber(limits[3]) + tonumber(ARGV[3]) > tonumber(limits[2]) then return {'too-large'} end
redis.call('HSET', KEYS[1], field, ARGV[3] .. ' ' .. ARGV[4])
redis.call('HINCRBY', KEYS[1], 'bytes', ARGV[3])
return {'claimed'}
`;

/**
 * KEYS: session. ARGV: now, id, submission as JSON, prefix of attempts, attempts, window, milliseconds of slack, prefix of
 * evidence, milliseconds to remember it, and every digest of the evidence.
 */
const CLAIM_SUBMISSION = `${FIND}
${COUNT_ATTEMPTS}
${CLAIM_DIGESTS}
if submission == ARGV[3] then return {'claimed'} end
if submission then
  local since = redis.call('HMGET', KEYS[1], 'verdict', 'vendorReference', 'heldBy', 'heldAt')
  return {'taken', submission, since[1] or '', since[2] or '', since[3] or '', since[4] or ''}
end
if over then return {'expired'} end
local attempts, window = tonumber(ARGV[5]), tonumber(ARGV[6])
local counts = at[5] and attempts > 0 and redis.call('HEXISTS', KEYS[1], 'counted') == 0
if counts then
  local key = ARGV[4] .. at[5]
  local reached = overAttempts(key, attempts, window)
  if reached then return reached end
end
local replayed = claimDigests(10, ARGV[8], ARGV[2], ARGV[9], ARGV[7])
if replayed then return replayed end
if counts then
  local key = ARGV[4] .. at[5]
  redis.call('ZADD', key, ARGV[1], ARGV[2])
  redis.call('PEXPIRE', key, string.format('%.0f', window + tonumber(ARGV[7])))
end
redis.call('HSET', KEYS[1], 'submission', ARGV[3])
return {'claimed'}
`;

/** KEYS: session. ARGV: now, holder, since when whoever else holds it has to be silent to lose it, or ''. */
const HOLD = `
local known = redis.call('HMGET', KEYS[1], 'submission', 'verdict', 'heldBy', 'withdrawnAt', 'heldAt')
if not known[1] then return {'unknown'} end
if known[2] then return {'decided'} end
if known[4] then return {'withdrawn'} end
if known[3] and known[3] ~= ARGV[2] and (ARGV[3] == '' or tonumber(known[5]) > tonumber(ARGV[3])) then return {'taken'} end
redis.call('HSET', KEYS[1], 'heldBy', ARGV[2], 'heldAt', ARGV[1])
return {'held'}
`;

/** KEYS: session. ARGV: now, id, milliseconds of slack, prefix of evidence, milliseconds to remember it, and every digest. */
const CLAIM_EVIDENCE = `
local now = tonumber(ARGV[1])
${CLAIM_DIGESTS}
return claimDigests(6, ARGV[4], ARGV[2], ARGV[5], ARGV[3]) or {'claimed'}
`;

/** KEYS: session, open sessions. ARGV: now, id, '1' if it is withdrawn or ''. */
const CLOSE = `${FIND}
redis.call('HSETNX', KEYS[1], 'closedAt', ARGV[1])
if ARGV[3] ~= '' then redis.call('HSETNX', KEYS[1], 'withdrawnAt', ARGV[1]) end
redis.call('ZREM', KEYS[2], ARGV[2])
return {'closed'}
`;

/** KEYS: session. ARGV: the vendor's number. */
const SAVE_VENDOR_REFERENCE = `
local known = redis.call('HMGET', KEYS[1], 'submission', 'verdict')
if known[1] and not known[2] then redis.call('HSET', KEYS[1], 'vendorReference', ARGV[1]) end
return {'done'}
`;

/** KEYS: session, open sessions. ARGV: id, name of this very call, verdict as JSON, the vendor's number or ''. */
const SAVE_VERDICT = `
local known = redis.call('HMGET', KEYS[1], 'submission', 'verdict', 'withdrawnAt')
if not known[1] or (known[3] and not known[2]) then return {'unknown'} end
if not known[2] then
  redis.call('HSET', KEYS[1], 'verdict', ARGV[3], 'verdictBy', ARGV[2])
  if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'vendorReference', ARGV[4]) end
end
redis.call('ZREM', KEYS[2], ARGV[1])
local now = redis.call('HMGET', KEYS[1], 'verdict', 'vendorReference', 'verdictBy', 'heldBy', 'heldAt')
return {now[3] == ARGV[2] and 'saved' or 'decided', known[1], now[1], now[2] or '', now[4] or '', now[5] or ''}
`;

/** The scripts by what they do; see {@link FIND} and its siblings for keys and arguments. */
export const SCRIPTS = { CREATE, READ, SAVE_CHANNEL, FIND_NONCE, CLAIM_PART, CLAIM_SUBMISSION, CLAIM_EVIDENCE, HOLD, CLOSE, SAVE_VENDOR_REFERENCE, SAVE_VERDICT } as const;
