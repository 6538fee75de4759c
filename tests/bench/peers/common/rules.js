// What is wrong with a draft, in the words of the texts: the greater part of shared/validation.cpp, in JavaScript.
import { texts } from './texts.js';

const { rules } = texts;
const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

export const compact = (text) => text.normalize('NFKC').replace(/[\s.]/g, '').replace(/^(?:UID=)?(?:CCCD|CMND|MST|HC):/i, '').toUpperCase();

export function kindOf(identity) {
  if (/^\d{12}$/.test(identity)) return 'citizenCard';
  if (/^\d{9}$/.test(identity)) return 'oldCard';
  if (/^\d{10}$/.test(identity)) return 'taxCode';
  if (/^\d{10}-?\d{3}$/.test(identity)) return 'branch';
  if (/^[A-Z]\d{7,8}$/.test(identity) || (/^[A-Z0-9]{5,9}$/.test(identity) && /[A-Z]/.test(identity))) return 'passport';
  return '';
}

// The tax code with the check digit that belongs to it.
function withCheckDigit(code) {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  const digit = 10 - (sum % 11);
  return digit > 9 ? '' : code.slice(0, 9) + digit + code.slice(10);
}

function bytesOfKey(key) {
  const plain = key.trim().replace(/^otpauth:.*[?&]secret=([^&]+).*$/i, '$1').replace(/[\s-]/g, '');
  if (/^[A-Z2-7]+=*$/i.test(plain) && plain.toUpperCase() === plain) return Math.floor((plain.replace(/=/g, '').length * 5) / 8);
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(plain) && plain.length % 4 === 0) return Math.floor((plain.replace(/=/g, '').length * 3) / 4);
  return -1;
}

const error = (text) => ({ severity: 'error', text });
const warning = (text) => ({ severity: 'warning', text });

// { field: finding }
export function findingsOf(dialog, picks) {
  const found = {};
  const limit = (field, most) => {
    const count = [...dialog[field]].length;
    if (count > most) found[field] = error(rules.tooLong(count, most));
  };
  if (!dialog.user) found.user = error(rules.user);
  const identity = compact(dialog.identity);
  const kind = kindOf(identity);
  limit('identity', 50);
  if (!identity) found.identity = error(rules.identity);
  else if (!kind) found.identity = warning(rules.shape);
  else if ((kind === 'taxCode' || kind === 'branch') && withCheckDigit(identity) !== identity) found.identity = error(rules.digit(withCheckDigit(identity)));
  const serial = dialog.serial.replace(/[\s:-]/g, '').replace(/^0x/i, '');
  if (/[^0-9a-f]/i.test(serial)) found.serial = error(rules.hexadecimal);
  else if (serial.length > 40) found.serial = error(rules.serialLong);
  if (dialog.business) {
    limit('password', 128);
    if (!dialog.password) found.password = error(rules.password);
    const bytes = bytesOfKey(dialog.secretKey);
    if (!dialog.secretKey.trim()) found.secretKey = error(rules.secretKey);
    else if (bytes < 0) found.secretKey = error(rules.undecodable);
    else if (bytes < 10) found.secretKey = error(rules.short);
  }
  limit('content', 1000);
  const unknown = [...dialog.content.matchAll(/\{\{([^}]*)\}\}/g)].find(([whole]) => !texts.placeholders.includes(whole));
  if (!dialog.content.trim() && dialog.mode !== 'imageOnly') found.content = warning(rules.textMissing);
  else if (unknown) found.content = warning(rules.unknown(unknown[1]));
  if (!dialog.image && dialog.mode !== 'textOnly') found.image = warning(rules.imageMissing);
  if (dialog.lookup.answer?.certificates.length === 0) found.identity = error(texts.foundNone);
  return found;
}

const day = new Intl.DateTimeFormat('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Asia/Ho_Chi_Minh' });
export const dayOf = (instant) => day.format(new Date(instant));
// "31/12/2026" as the API writes days; null where there is no such day.
export function isoDay(text) {
  const [, d, m, y] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  const date = new Date(Date.UTC(y, m - 1, d));
  return y && date.getUTCDate() === Number(d) && date.getUTCMonth() === m - 1 ? date.toISOString().slice(0, 10) : null;
}

// What a signature would say of the certificate, or of the user until one is picked.
export function previewOf(dialog) {
  const certificate = dialog.lookup.answer?.certificates.find(({ serial }) => dialog.picks.has(serial));
  const parts = new Map([['CN', dialog.user?.name ?? '']]);
  for (const part of certificate?.subject.split(',') ?? []) parts.set(...part.split(/=(.*)/, 2));
  return dialog.content.replace(/\{\{SubjectDN\.(\w+)\}\}/g, (_, name) => parts.get(name) ?? '…')
    .replace('{{SignTime}}', new Date().toLocaleString('vi-VN', { dateStyle: 'short', timeStyle: 'short' }));
}
