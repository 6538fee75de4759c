// proxy/api/openapi.yaml as a judge of answers.
//
//   const contract = await readContract();
//   contract.judge('GET', '/users', answer);       // a sentence for each fault; empty when all is documented
//   contract.unseen();                             // what is documented and was never answered: "GET /users 400"
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { root } from './harness.mjs';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const escaped = (key) => key.replaceAll('~', '~0').replaceAll('/', '~1');

export async function readContract(file = join(root, 'proxy/api/openapi.yaml')) {
  const document = parse(await readFile(file, 'utf8'));
  const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, validateFormats: true, formats: {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, date: /^\d{4}-\d\d-\d\d$/, byte: true, binary: true, int32: true, int64: true, email: true,
    uri: true, 'uri-reference': true, password: true, double: true } });
  ajv.addSchema(document, 'contract');
  const validators = new Map();
  const seen = new Set();

  // Follows a $ref: the thing itself and where it stands.
  function resolve(value, pointer) {
    while (value?.$ref) {
      pointer = value.$ref;
      value = pointer.slice(2).split('/').reduce((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
    }
    return { value, pointer };
  }
  function schemaFaults(pointer, body, what) {
    if (!validators.has(pointer)) validators.set(pointer, ajv.compile({ $ref: `contract${pointer}` }));
    const validate = validators.get(pointer);
    return validate(body) ? [] : validate.errors.map((error) => `${what}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  const pathOf = (path) => Object.keys(document.paths).find((template) =>
    new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
  function contentFaults(content, pointer, mediaType, body, what) {
    const key = Object.keys(content).find((each) => each === mediaType || each === '*/*');
    if (!key) return [`${what} is ${mediaType || 'without a media type'}; documented: ${Object.keys(content)}`];
    if (!content[key].schema || !/json/.test(key)) return [];
    return schemaFaults(`${pointer}/content/${escaped(key)}/schema`, body, what);
  }

  return {
    document,
    // Every "GET /users" of the document.
    operations: Object.entries(document.paths).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path}`)),
    judge(method, path, answer) {
      const template = pathOf(path.split('?')[0]);
      const operation = document.paths[template]?.[method.toLowerCase()];
      if (!operation) return [`${method} ${path} is not documented`];
      // `default` stands for refusals alone: a success has to be named.
      const status = operation.responses[answer.status] || answer.status < 400 ? String(answer.status) : 'default';
      const name = `${method} ${template} ${status}`;
      if (!operation.responses[status]) return [`${name} is not documented`];
      seen.add(name);
      const { value: response, pointer } = resolve(operation.responses[status], `#/paths/${escaped(template)}/${method.toLowerCase()}/responses/${status}`);
      const faults = Object.entries(response.headers ?? {})
        .filter(([header, description]) => resolve(description).value.required && !answer.headers.has(header))
        .map(([header]) => `${name}: the header ${header} is missing`);
      const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0];
      if (response.content) return faults.concat(contentFaults(response.content, pointer, mediaType, answer.body, name));
      return answer.body ? faults.concat(`${name}: a body is not documented`) : faults;
    },
    // Whether a request's body is as documented.
    requestFaults(method, path, body) {
      const template = pathOf(path);
      const { value, pointer } = resolve(document.paths[template][method.toLowerCase()].requestBody, `#/paths/${escaped(template)}/${method.toLowerCase()}/requestBody`);
      return contentFaults(value.content, pointer, 'application/json', body, `${method} ${template}`);
    },
    unseen() {
      return Object.entries(document.paths).flatMap(([path, item]) => methods.filter((method) => item[method]).flatMap((method) =>
        Object.keys(item[method].responses).map((status) => `${method.toUpperCase()} ${path} ${status}`))).filter((name) => !seen.has(name));
    },
  };
}
