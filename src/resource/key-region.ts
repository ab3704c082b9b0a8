export { assertKeyOfRegion } from '../key/key-region';
