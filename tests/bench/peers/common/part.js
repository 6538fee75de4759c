// A part of a page that is rendered anew only where what it shows has changed: what whoever builds such a form with React does,
// once typing gets slow. Findings are made anew with each key, so they are compared by what they say.
import { memo } from 'react';

const isSame = (one, other) => Object.is(one, other) || (one?.severity !== undefined && one.severity === other?.severity && one.text === other.text);
export const part = (component) => memo(component, (before, now) =>
  Object.keys(now).length === Object.keys(before).length && Object.keys(now).every((name) => isSame(before[name], now[name])));
