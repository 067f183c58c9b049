import { describe, expect, it } from 'vitest';
import { createCircuit } from './circuit.js';

describe('a circuit', () => {
  const broken = () => {
    const circuit = createCircuit({ failures: 3, pauseMs: 100 });
    for (let time = 0; time < 3; time++) circuit.record('down', time);
    return circuit;
  };

  it('lets everything pass until failures come in a row', () => {
    const circuit = createCircuit({ failures: 3, pauseMs: 100 });
    for (let time = 0; time < 20; time++) {
      circuit.record(time % 3 === 2 ? 'up' : 'down', time);
      expect(circuit.waitMs(time)).toBe(0);
    }
  });

  it('then lets nothing pass for a while, and one after it', () => {
    const circuit = broken();
    expect(circuit.waitMs(2)).toBe(100);
    expect(circuit.waitMs(52)).toBe(50);
    expect(circuit.waitMs(102)).toBe(0);
    expect(circuit.waitMs(102)).toBe(100);
    expect(circuit.waitMs(150)).toBe(52);
  });

  it('opens again when that one fails, and closes when it does not', () => {
    const circuit = broken();
    expect(circuit.waitMs(102)).toBe(0);
    circuit.record('down', 110);
    expect(circuit.waitMs(111)).toBe(99);
    expect(circuit.waitMs(210)).toBe(0);
    circuit.record('up', 215);
    expect(circuit.waitMs(216)).toBe(0);
    circuit.record('down', 217);
    expect(circuit.waitMs(217)).toBe(0);
  });

  it('gives the next one a turn when the one it let pass never came back', () => {
    const circuit = broken();
    expect(circuit.waitMs(102)).toBe(0);
    expect(circuit.waitMs(202)).toBe(0);
  });
});
