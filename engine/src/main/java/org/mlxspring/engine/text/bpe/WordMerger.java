package org.mlxspring.engine.text.bpe;

import java.util.Arrays;

/**
 * Merges the symbols of one word, the earliest learned pair first and of equal pairs the leftmost, until none is left
 * (Sennrich et al., 2016). The pairs wait in a binary heap, so that a word of any length takes n log n steps.
 */
final class WordMerger {

    private static final int GONE = -1;

    private final MergeTable table;
    private final int[] symbols;
    private final int[] previous;
    private final int[] next;
    /** The rank of a pair in the upper half, and in the lower the place of its left symbol. */
    private long[] heap;

    private int waiting;

    private WordMerger(MergeTable table, int[] symbols) {
        this.table = table;
        this.symbols = symbols;
        this.previous = new int[symbols.length];
        this.next = new int[symbols.length];
        this.heap = new long[Math.max(8, symbols.length)];
    }

    /** @param symbols ids of the word's smallest tokens; used up */
    static int[] merge(MergeTable table, int[] symbols) {
        return symbols.length < 2 ? symbols : new WordMerger(table, symbols).run();
    }

    private int[] run() {
        int count = symbols.length;
        for (int i = 0; i < count; i++) {
            previous[i] = i - 1;
            next[i] = i + 1;
        }
        for (int i = 0; i + 1 < count; i++) {
            offer(i);
        }
        int left = count;
        while (waiting > 0) {
            long top = take();
            int at = (int) top;
            if (symbols[at] == GONE || next[at] == count) {
                continue;
            }
            int right = next[at];
            long merge = table.find(symbols[at], symbols[right]);
            // What was put into the heap before one of the two changed counts no more.
            if (merge == MergeTable.NONE || merge >>> 32 != top >>> 32) {
                continue;
            }
            symbols[at] = (int) merge;
            symbols[right] = GONE;
            left--;
            next[at] = next[right];
            if (next[at] < count) {
                previous[next[at]] = at;
                offer(at);
            }
            if (previous[at] >= 0) {
                offer(previous[at]);
            }
        }
        int[] merged = new int[left];
        int done = 0;
        for (int symbol : symbols) {
            if (symbol != GONE) {
                merged[done++] = symbol;
            }
        }
        return merged;
    }

    private void offer(int at) {
        long merge = table.find(symbols[at], symbols[next[at]]);
        if (merge == MergeTable.NONE) {
            return;
        }
        if (waiting == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heap.length);
        }
        long entry = merge & 0xffffffff00000000L | at;
        int i = waiting++;
        while (i > 0 && heap[(i - 1) / 2] > entry) {
            heap[i] = heap[(i - 1) / 2];
            i = (i - 1) / 2;
        }
        heap[i] = entry;
    }

    private long take() {
        long top = heap[0];
        long last = heap[--waiting];
        int i = 0;
        while (2 * i + 1 < waiting) {
            int child = 2 * i + 1;
            child += child + 1 < waiting && heap[child + 1] < heap[child] ? 1 : 0;
            if (heap[child] >= last) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = last;
        return top;
    }
}
