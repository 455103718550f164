import type { IceCandidate, IceTransport } from 'floe';

import { element } from './elements.js';

type Side = 'here' | 'there';

/** The candidates of both sides of a transport, as it has them now; the selected ones stand out. */
export class CandidateTable {
  readonly #body = element<HTMLTableSectionElement>('candidates');
  readonly #rows = new Map<string, HTMLTableRowElement>();
  #transport: IceTransport | undefined;

  clear(): void {
    this.#transport = undefined;
    this.#rows.clear();
    if (this.#body.querySelector('.empty')) return;
    const row = document.createElement('tr');
    row.className = 'empty';
    const cell = row.insertCell();
    cell.colSpan = 7;
    cell.textContent = 'Candidates appear here when they are found.';
    this.#body.replaceChildren(row);
  }

  /** `isUp`: datagrams go over the selected pair. */
  show(transport: IceTransport, isUp: boolean): void {
    if (transport !== this.#transport) this.clear();
    this.#transport = transport;
    const pair = isUp ? transport.getSelectedCandidatePair() : null;
    const here = [...transport.getLocalCandidates(), ...(pair ? [pair.local] : [])];
    const there = [...transport.getRemoteCandidates(), ...(pair ? [pair.remote] : [])];
    const present = new Set([
      ...here.map((one) => key('here', one)),
      ...there.map((one) => key('there', one)),
    ]);
    for (const one of here) this.#add('here', one);
    for (const one of there) this.#add('there', one);
    const selected = pair && [key('here', pair.local), key('there', pair.remote)];
    for (const [name, row] of this.#rows) {
      row.classList.toggle('selected', selected?.includes(name) ?? false);
      if (present.has(name)) continue;
      row.remove();
      this.#rows.delete(name);
    }
  }

  #add(side: Side, candidate: IceCandidate): void {
    const name = key(side, candidate);
    if (this.#rows.has(name)) return;
    if (this.#rows.size === 0) this.#body.replaceChildren();
    const row = document.createElement('tr');
    addCell(row, side === 'here' ? 'this page' : 'the other end');
    addCell(row, candidate.type);
    addCell(row, candidate.protocol);
    addCell(row, candidate.address, 'address').dataset.port = String(candidate.port);
    addCell(row, candidate.port, 'number port');
    addCell(row, candidate.priority, 'number priority');
    addCell(row, candidate.foundation, 'number foundation');
    this.#rows.set(name, row);
    this.#place(row, side);
  }

  /** Ours above the others, each in the order in which they came. */
  #place(row: HTMLTableRowElement, side: Side): void {
    row.dataset.side = side;
    const before = side === 'here' ? this.#body.querySelector('[data-side="there"]') : null;
    this.#body.insertBefore(row, before);
  }
}

const key = (side: Side, { address, port }: IceCandidate): string => `${side} ${address} ${port}`;

function addCell(
  row: HTMLTableRowElement,
  content: string | number | null,
  className = '',
): HTMLTableCellElement {
  const cell = row.insertCell();
  cell.className = className;
  cell.textContent = String(content ?? '');
  return cell;
}
