// The elements in JSX, for React 19 and 18:  import type {} from 'smartca-certificates/react';
// React 18 hands properties that are no texts, and listeners, over by a ref alone (README.md).
import type { ClassAttributes, HTMLAttributes } from 'react';
import type { SmartcaCertificates, SmartcaCreateCertificate, SmartcaEventMap } from './smartca.js';

type Handlers = { [K in keyof SmartcaEventMap as `on${K}`]?: (event: SmartcaEventMap[K]) => void };
type Common = 'api' | 'locale' | 'theme' | 'painting' | 'fetchToken' | 'messages' | 'wasmUrl';
type Props<E extends HTMLElement, Names extends keyof E> =
  Omit<HTMLAttributes<E>, Names> & ClassAttributes<E> & Partial<Pick<E, Names>> & Handlers;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'smartca-certificates': Props<SmartcaCertificates, Common> & { fill?: boolean };
      'smartca-create-certificate': Omit<Props<SmartcaCreateCertificate, Common | 'open' | 'userCode' | 'identity' | 'prefill' | 'mode'>, 'userId'> & {
        userId?: string | number | null;
      };
    }
  }
}
