/**
 * How two libraries that many honest pages carry replace `Function.prototype.toString`, as scripts for a page: with the same
 * properties, text and calls, without the rest of the library.
 */
export const TO_STRING_OF_LIBRARIES: Readonly<Record<string, string>> = {
  // core-js 3.49, internals/make-built-in.js: what it polyfills is to look native to lodash's isNative.
  'core-js 3': `(() => {
    const sources = new WeakMap();
    const inspect = Function.prototype.call.bind(Function.prototype.toString);
    const makeBuiltIn = (value, name) => {
      if (value.name !== name) Object.defineProperty(value, 'name', { value: name, configurable: true });
      if (value.prototype) value.prototype = undefined;
      sources.set(value, String(String).split('String').join(name));
      return value;
    };
    Function.prototype.toString = makeBuiltIn(function toString() {
      return typeof this === 'function' && sources.get(this) || inspect(this);
    }, 'toString');
  })();`,
  // zone.js 0.15, lib/common/to-string.ts, which Angular brings along: what it wraps is to look native.
  'zone.js': `(() => {
    const DELEGATE = '__zone_symbol__OriginalDelegate';
    const original = Function.prototype.toString;
    const replacement = function toString() {
      if (typeof this === 'function') {
        const delegate = this[DELEGATE];
        if (delegate) return typeof delegate === 'function' ? original.call(delegate) : Object.prototype.toString.call(delegate);
      }
      return original.call(this);
    };
    replacement[DELEGATE] = original;
    Function.prototype.toString = replacement;
  })();`,
};
