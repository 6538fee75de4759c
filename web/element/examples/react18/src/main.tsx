import { useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { SmartcaCreateCertificate } from 'smartca-certificates';
import type {} from 'smartca-certificates/react';
import 'smartca-certificates';

// React 18 writes properties of custom elements as attributes and knows none of their events: a ref does both.
function Portal() {
  const dialog = useRef<SmartcaCreateCertificate>(null);
  const [added, setAdded] = useState(0);
  const attach = async () => {
    const result = await dialog.current!.show({ userId: 14 });
    if (result.outcome === 'created') setAdded(result.added.length);
  };
  return <>
    <button onClick={attach}>New certificate</button>
    <smartca-create-certificate ref={dialog} open={false} api="/api/v1/" locale="en" />
    <p>{added} added</p>
  </>;
}
createRoot(document.getElementById('root')!).render(<Portal />);
