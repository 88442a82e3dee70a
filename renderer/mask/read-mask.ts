/**
 * A mask that was drawn or chosen before, as `paintMask` takes one: clear where it is black, by how light it is elsewhere.
 * `source` is of the page's own origin; null where it is no picture.
 */
export async function readMask(source: string): Promise<OffscreenCanvas | null> {
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const { data } = pixels;
    for (let at = 0; at < data.length; at += 4) {
      const light = (data[at] ?? 0) * 0.299 + (data[at + 1] ?? 0) * 0.587 + (data[at + 2] ?? 0) * 0.114;
      data[at + 3] = (light * (data[at + 3] ?? 0)) / 255;
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
  } catch {
    return null;
  }
}
