import { element } from './elements.js';

const width = 240;
const height = 48;
const margin = 3;

/** The latest round trips as a line, from 0 to the highest of them. */
export class Sparkline {
  readonly #root = element<SVGSVGElement>('spark');
  readonly #samplesMax: number;

  constructor(samplesMax: number) {
    this.#samplesMax = samplesMax;
  }

  show(samples: readonly number[]): void {
    const highest = Math.max(...samples, 0.001);
    const step = width / (this.#samplesMax - 1);
    const end = step * (samples.length - 1);
    const points = samples.map((sample, index) => {
      const x = index * step;
      const y = height - margin - (sample / highest) * (height - 2 * margin);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    const line = points.length > 1 ? `M${points.join('L')}` : '';
    const area = line && `${line}L${end.toFixed(1)} ${height}L0 ${height}Z`;
    this.#root.querySelector('.line')?.setAttribute('d', line);
    this.#root.querySelector('.area')?.setAttribute('d', area);
  }
}
