const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** A body can break the rule thousands of times; nobody reads more than these. */
const MAX_REPEATED = 50;

/** Characters of a path: enough to find the field by. A whole one may be as long as the body, for each field that stands in it. */
const MAX_PATH = 200;

/** An object or array that has been entered. */
interface Level {
  /** Names seen so far; absent in an array. */
  readonly names?: Set<string>;
  /** Name or index of what is being read. */
  at: string | number;
}

/**
 * Fields that stand twice in one object, as paths. `JSON.parse` keeps the last of them and says nothing, so that two readers of the
 * same bytes may see different things: one of them what was signed, the other what is used. Up to 50, each cut after 200 characters;
 * `body` where the name is empty.
 *
 * @param json what `JSON.parse` has taken
 */
export function repeatedFields(json: string): readonly string[] {
  const repeated: string[] = [];
  const levels: Level[] = [];
  let previous = '';
  for (const [token] of json.matchAll(TOKEN)) {
    const level = levels[levels.length - 1];
    if (token === '{' || token === '[') levels.push(token === '{' ? { names: new Set(), at: '' } : { at: 0 });
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && typeof level?.at === 'number') level.at += 1;
    else if (token.startsWith('"') && level?.names && (previous === '{' || previous === ',')) {
      // Written in another way it is the same name: "\\u0061" is "a".
      level.at = JSON.parse(token) as string;
      if (level.names.has(level.at)) repeated.push(pathOf(levels));
      level.names.add(level.at);
      if (repeated.length === MAX_REPEATED) break;
    }
    previous = token;
  }
  return repeated;
}

function pathOf(levels: readonly Level[]): string {
  let path = '';
  // Every level but the first adds a character at least, so that this ends early however deep they are, and whatever their names.
  for (const [depth, { at }] of levels.entries()) {
    if (path.length >= MAX_PATH) break;
    path += typeof at === 'number' ? `[${at}]` : `${depth === 0 ? '' : '.'}${at.slice(0, MAX_PATH)}`;
  }
  // Half a character, cut or sent so, would make an answer that clients do not take.
  return path.slice(0, MAX_PATH).replace(/\p{Cs}/gu, '\ufffd') || 'body';
}
