/** @file The line along which a grid of numbers takes one value, without the frame of the grid. */
import { contours } from 'd3-contour';

export type Polyline = [number, number][];

/**
 * @param values `[rows, columns]`, row-major; what is not finite counts as the largest finite value.
 * @returns open lines in cells: the middle of the first cell is (0.5, 0.5).
 */
export function levelLines(values: ArrayLike<number>, columns: number, rows: number, level: number): Polyline[] {
  const numbers = Array.from(values);
  const largest = numbers.reduce((a, b) => (Number.isFinite(b) && b > a ? b : a), -Infinity);
  const finite = numbers.map((value) => (Number.isFinite(value) ? value : largest));
  const shape = contours().size([columns, rows]).contour(finite, level);
  // d3 closes its areas along the frame, which says nothing about the values.
  const onFrame = ([x, y]: number[]) => x! <= 0 || y! <= 0 || x! >= columns || y! >= rows;
  const lines: Polyline[] = [];
  for (const ring of shape.coordinates.flat()) {
    let line: Polyline = [];
    const close = () => {
      if (line.length > 1) lines.push(line);
      line = [];
    };
    for (const point of ring) {
      if (onFrame(point)) close();
      else line.push([point[0]!, point[1]!]);
    }
    close();
  }
  return lines;
}
