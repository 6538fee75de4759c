// The elements in templates of Vue 3:  import type {} from 'smartca-certificates/vue';
import type { DefineComponent } from 'vue';
import type { SmartcaCertificates, SmartcaCreateCertificate, SmartcaEventMap } from './smartca.js';

type Pascal<S extends string> = S extends `${infer A}-${infer B}` ? `${Capitalize<A>}${Pascal<B>}` : Capitalize<S>;
type Handlers = { [K in keyof SmartcaEventMap as `on${Pascal<K>}`]?: (event: SmartcaEventMap[K]) => void };
type Common = 'api' | 'locale' | 'theme' | 'painting' | 'fetchToken' | 'messages' | 'wasmUrl';

declare module 'vue' {
  interface GlobalComponents {
    'smartca-certificates': DefineComponent<Partial<Pick<SmartcaCertificates, Common>> & { fill?: boolean } & Handlers>;
    'smartca-create-certificate': DefineComponent<
      Partial<Pick<SmartcaCreateCertificate, Common | 'open' | 'userCode' | 'identity' | 'prefill' | 'mode'>> & { userId?: string | number | null } & Handlers>;
  }
}
