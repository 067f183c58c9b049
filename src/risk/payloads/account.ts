import { hasFormat, type IdFormat } from './account-id.js';
import { checkFields, type Field, type Fields, type FieldsOf, isObject, object, SERVER_ONLY } from './field.js';

/** The three objects an account can be described by. */
type AccountObject = 'QQAccount' | 'WeChatAccount' | 'OtherAccount';

/** What an `AccountType` asks for: one of the first two objects, or an `OtherAccount` whose id has one of these formats. */
export type AccountKind = 'QQAccount' | 'WeChatAccount' | { readonly formats: readonly IdFormat[]; readonly rule: string };

/** Options of {@link account}. */
export interface AccountOptions<F extends Record<AccountObject, Fields>> {
  readonly fields: F;
  readonly kinds: Readonly<Record<number, AccountKind>>;
}

/** `Account`: the object that its `AccountType` needs has to be whole; the others, if there are any, only of the right types. */
export function account<F extends Record<AccountObject, Fields>>({
  fields,
  kinds,
}: AccountOptions<F>): Field<{ readonly AccountType?: number } & { readonly [Name in AccountObject]?: FieldsOf<F[Name]> }> {
  return {
    check(value, path, context) {
      const { report, side } = context;
      if (!isObject(value)) return report('type', path, 'must be an object');
      const { AccountType: type, ...objects } = value;
      // Of what kind an account is, the server says; what belongs to that kind is checked there too.
      const kind = side === 'server' && Number.isInteger(type) ? kinds[type as number] : undefined;
      if (side === 'client') {
        if (type !== undefined) report('unknown', `${path}.AccountType`, SERVER_ONLY);
      } else if (type === undefined) {
        report('missing', `${path}.AccountType`, 'is required');
      } else if (!Number.isInteger(type)) {
        report('type', `${path}.AccountType`, 'must be an integer');
      } else if (kind === undefined) {
        report('accountType', `${path}.AccountType`, `must be ${Object.keys(kinds).join(', ')}`);
      }

      const needed = typeof kind === 'object' ? 'OtherAccount' : kind;
      const names = Object.keys(fields) as AccountObject[];
      const shapes = names.map((name) => [name, name === needed ? { ...object(fields[name]), missing: 'missing' } : object(withoutDemands(fields[name]))]);
      checkFields(objects, Object.fromEntries(shapes) as Fields, path, context);

      const own = needed && objects[needed];
      if (!isObject(own)) return;
      const { AccountId: id, RandStr: random, WeChatSubType: subType } = own;
      if (typeof kind === 'object' && typeof id === 'string' && id !== '' && !hasFormat(id, ...kind.formats)) report('accountId', `${path}.OtherAccount.AccountId`, `must be ${kind.rule}`);
      // The token of a mini-program is a signature over this text.
      if (needed === 'WeChatAccount' && side === 'server' && String(subType) === '2' && !random) report('missing', `${path}.WeChatAccount.RandStr`, 'is required for WeChatSubType 2');
    },
  };
}

function withoutDemands(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, { missing: _demand, ...field }]) => [name, field]));
}
