/**
 * In the place of three's reader of meshopt, which is WebAssembly and begins as soon as it is loaded; the page's policy
 * runs none. What is packed so is refused in words before it is drawn (gltf.ts).
 */
export const MeshoptDecoder = { supported: false, ready: Promise.resolve() };
