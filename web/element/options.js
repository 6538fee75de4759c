// What one opening of the dialog starts with: checked, so that a mistake is said where it was made.
const textOptions = ['userCode', 'identity'];
const prefillNames = ['identity', 'serial', 'signatureText'];

function checkTexts(object, names, what) {
  for (const name of names)
    if (object[name] !== undefined && object[name] !== null && typeof object[name] !== 'string') throw new TypeError(`${what}: ${name} is no text`);
}

// Of plain objects alone: an event, as a listener is given it, is none.
function checkObject(object, names, what) {
  const kind = Object.prototype.toString.call(object);
  if (kind !== '[object Object]') throw new TypeError(`${what}: an object is wanted, not ${kind}`);
  for (const name of Object.keys(object)) if (!names.includes(name)) throw new TypeError(`${what}: there is no "${name}"; there are ${names.join(', ')}`);
}

function checkPrefill(prefill, what) {
  if (prefill === undefined || prefill === null) return {};
  checkObject(prefill, prefillNames, what);
  checkTexts(prefill, prefillNames, what);
  return prefill;
}

function checkOptions(options = {}) {
  checkObject(options, ['userId', ...textOptions, 'prefill', 'mode'], 'show()');
  checkTexts(options, textOptions, 'show()');
  checkPrefill(options.prefill, 'show(): prefill');
  if (!['create', 'lookup', undefined].includes(options.mode)) throw new TypeError(`show(): mode is "create" or "lookup": ${options.mode}`);
  if (options.userId !== undefined && !(Number.isSafeInteger(options.userId) && options.userId > 0))
    throw new TypeError(`show(): userId is no positive whole number: ${options.userId}`);
  return options;
}
