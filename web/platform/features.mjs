// What a program may ask of a browser: what Chrome 102, Firefox 112 and Safari 16.4 have. With all that
// Binaryen knows it writes an empty place of a table as only browsers with garbage collection read it.
const names = ['mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'bulk-memory', 'reference-types', 'multivalue'];
export const features = ['--mvp-features', ...names.map((name) => `--enable-${name}`)];
