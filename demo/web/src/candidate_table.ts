import type { IceCandidate, IceTransport } from 'floe';

import { element } from './elements.js';

type Side = 'here' | 'there';

/** All candidates of both sides, as they become known; the selected ones stand out. */
export class CandidateTable {
  readonly #body = element<HTMLTableSectionElement>('candidates');
  readonly #rows = new Map<string, HTMLTableRowElement>();

  clear(): void {
    this.#rows.clear();
    const row = this.#body.insertRow(-1);
    row.className = 'empty';
    const cell = row.insertCell();
    cell.colSpan = 7;
    cell.textContent = 'Candidates appear here when they are found.';
    this.#body.replaceChildren(row);
  }

  update(transport: IceTransport): void {
    for (const candidate of transport.getLocalCandidates()) this.#row('here', candidate);
    for (const candidate of transport.getRemoteCandidates()) this.#row('there', candidate);
    const pair = transport.getSelectedCandidatePair();
    if (!pair) return;
    const selected = [this.#row('here', pair.local), this.#row('there', pair.remote)];
    for (const row of this.#rows.values()) row.classList.toggle('selected', selected.includes(row));
  }

  #row(side: Side, candidate: IceCandidate): HTMLTableRowElement {
    const key = `${side} ${candidate.address} ${candidate.port}`;
    const known = this.#rows.get(key);
    if (known) return known;
    if (this.#rows.size === 0) this.#body.replaceChildren();
    const row = document.createElement('tr');
    addCell(row, side === 'here' ? 'this page' : 'the device');
    addCell(row, candidate.type);
    addCell(row, candidate.protocol);
    addCell(row, candidate.address, 'address').dataset.port = String(candidate.port);
    addCell(row, candidate.port, 'number port');
    addCell(row, candidate.priority, 'number priority');
    addCell(row, candidate.foundation, 'number foundation');
    this.#rows.set(key, row);
    this.#place(row, side);
    return row;
  }

  /** Ours above the others, each in the order in which they came. */
  #place(row: HTMLTableRowElement, side: Side): void {
    row.dataset.side = side;
    const before = side === 'here' ? this.#body.querySelector('[data-side="there"]') : null;
    this.#body.insertBefore(row, before);
  }
}

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
