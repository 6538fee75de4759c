// The portal's page: who is signed in, the two elements, and what the portal's server tells of the proxy's events.
const { person, company, people } = await (await fetch('me')).json();
// For whom this page was drawn: who has signed in since, in another tab, gets a page of their own.
const fetchToken = async () => {
  const answer = await fetch(`token?person=${person.id}`);
  if (answer.status === 409) location.reload();
  return answer.text();
};
const find = (id) => document.getElementById(id);

find('company').textContent = company.name;
find('letter').textContent = company.letter;
const who = find('who');
who.append(...people.map(({ id, label }) => new Option(label, id, false, id === person.id)));
who.addEventListener('change', async () => {
  await fetch(`sign-in/${who.value}`, { method: 'POST' });
  location.reload();
});

function showList() {
  const list = document.createElement('smartca-certificates');
  list.api = 'sidecar/api/v1/';
  list.fetchToken = fetchToken;
  find('place').replaceChildren(list);
}
showList();

const dialog = find('dialog');
dialog.fetchToken = fetchToken;
find('add').hidden = !person.may.includes('create');
find('add').addEventListener('click', () => dialog.show());
dialog.addEventListener('smartca-created', (event) => {
  event.preventDefault();  // what happened is said below, among the events
  showList();
});

const words = {
  'create.attached': 'attached for', 'create.alreadyOnList': 'found nothing to add for', 'create.pending': 'is attaching for',
  'create.failed': 'could not attach for', 'rename.changed': 'renamed a certificate of', 'setDefault.changed': 'changed the default of', 'remove.removed': 'deleted a certificate of',
};
const stream = new EventSource('events');
const seen = new Set();
stream.addEventListener('message', ({ data }) => {
  const event = JSON.parse(data);
  if (seen.has(event.sequence)) return;
  seen.add(event.sequence);
  const item = document.createElement('li');
  const time = document.createElement('time');
  time.dateTime = event.time;
  time.textContent = new Date(event.time).toLocaleTimeString();
  const what = event.name || event.serials.map((serial) => `…${serial.slice(-6)}`).join(', ') || event.reason;
  item.append(`${event.who} ${words[event.type] ?? event.type} ${event.userName}${what ? `: ${what}` : ''}`, document.createElement('br'), time);
  find('events').prepend(item);
  find('nothing').hidden = true;
});
