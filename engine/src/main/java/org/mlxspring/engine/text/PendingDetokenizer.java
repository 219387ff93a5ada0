package org.mlxspring.engine.text;

final class PendingDetokenizer implements StreamingDetokenizer {
    @Override
    public String add(int id) {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public String finish() {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public String text() {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("not written yet");
    }
}
