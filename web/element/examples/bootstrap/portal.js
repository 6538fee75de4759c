import './smartca.js';

// The portal's own modal keeps the focus inside itself, and hears every key, click and input of the page.
const { $, bootstrap } = globalThis;
new bootstrap.Modal('.modal').show();
$(document).on('keydown input cancel', (event) => { if (event.type !== 'keydown') $('#added').text(`heard ${event.type}`); });
$(document).on('smartca-created', ({ originalEvent }) => $('#added').text(`${originalEvent.detail.added.length} added`));
$('#open').on('click', () => $('smartca-create-certificate')[0].show({ userId: 14 }));
