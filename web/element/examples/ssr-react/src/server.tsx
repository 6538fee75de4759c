import { renderToString } from 'react-dom/server';
import { Portal } from './Portal';

export const render = () => renderToString(<Portal />);
