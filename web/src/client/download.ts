/** A file that the server makes, handed to the person. */
import { cookie, refusal } from './http';

/** Asks for a file with a body, and returns it. */
export async function fetched(path: string, body: unknown): Promise<Blob> {
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': cookie('csrftoken') };
  const response = await fetch(path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    credentials: 'same-origin',
  });
  if (!response.ok) throw await refusal(response);
  return response.blob();
}
export function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
const SHARPNESS = 2;
/** The picture of an SVG, in points, twice as fine as the screen. */
export async function rasterised(svg: Blob): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  const most = Math.min(SHARPNESS, 16_000 / Math.max(image.width, image.height));
  canvas.width = image.width * most;
  canvas.height = image.height * most;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('canvas'))), 'image/png'),
  );
}
