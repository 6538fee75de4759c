import { createApp } from 'vue';
import 'smartca-certificates';
import Portal from './Portal.vue';

createApp(Portal).mount('#root');
