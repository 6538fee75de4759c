// While developing, the API comes through the same origin as the page, as it does in production.
export default { server: { proxy: { '/api': 'http://127.0.0.1:8080' } } };
