import 'smartca-certificates';

const dialog = document.getElementById('create');
document.getElementById('open').addEventListener('click', async () => {
  const result = await dialog.show({ userId: 14 });
  if (result.outcome === 'created') document.getElementById('added').textContent = `${result.added.length} added`;
});
