import { useState } from 'react';
import type {} from 'smartca-certificates/react';
import 'smartca-certificates';

export function Portal() {
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState(0);
  return <>
    <button onClick={() => setOpen(true)}>New certificate</button>
    <smartca-create-certificate open={open} userId={14} api="/api/v1/" locale="en"
      onsmartca-created={({ detail }) => setAdded(detail.added.length)} onsmartca-closed={() => setOpen(false)} />
    <p>{added} added</p>
  </>;
}
