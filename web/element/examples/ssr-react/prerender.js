// What a server would do for each visit: the same components, rendered without a browser.
import { readFile, writeFile } from 'node:fs/promises';
import { render } from './server/server.js';

const page = await readFile('dist/index.html', 'utf8');
await writeFile('dist/index.html', page.replace('<!--portal-->', render()));
