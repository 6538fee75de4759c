import { hydrateRoot } from 'react-dom/client';
import { Portal } from './Portal';

hydrateRoot(document.getElementById('root')!, <Portal />);
