#include "gated.h"

#include "vector_math.h"

namespace kernels::ISA {

namespace {

struct Slope {
  Vec value;
  Vec derivative;
};

struct Silu {
  static Vec value(Vec x) {
    return x * sigmoid(x);
  }
  static Slope slope(Vec x) {
    Vec s = sigmoid(x);
    return {x * s, s * (1.0f + x * (1.0f - s))};
  }
};

// x Phi(x), with the distribution function Phi of the normal distribution.
struct Gelu {
  static Vec value(Vec x) {
    return 0.5f * x * (1.0f + erf(x * 0.70710678f));
  }
  static Slope slope(Vec x) {
    Vec phi = 0.5f * (1.0f + erf(x * 0.70710678f));
    Vec density = 0.39894228f * exp(-0.5f * x * x);
    return {x * phi, phi + x * density};
  }
};

// 0.5 x (1 + tanh(u)) is x sigmoid(2 u), with u = sqrt(2 / pi) (x + 0.044715 x^3).
struct GeluTanh {
  static constexpr float LINEAR = 1.5957691216f;
  static constexpr float CUBIC = 0.0713548163f;
  static Vec value(Vec x) {
    return x * sigmoid(x * (LINEAR + CUBIC * x * x));
  }
  static Slope slope(Vec x) {
    Vec square = x * x;
    Vec s = sigmoid(x * (LINEAR + CUBIC * square));
    return {x * s, s + x * s * (1.0f - s) * (LINEAR + 3.0f * CUBIC * square)};
  }
};

template <typename Function>
void forward_of(const float* gate, const float* up, long count, float* y) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) {
    store(y + i, Function::value(load(gate + i)) * load(up + i));
  }
  if (long rest = count - i; rest > 0) {
    store_some(y + i, Function::value(load_some(gate + i, rest)) * load_some(up + i, rest), rest);
  }
}

template <typename Function>
void to_inputs_of(const float* gate, const float* up, const float* g, long count, float* dgate, float* dup) {
  long i = 0;
  for (; i + WIDTH <= count; i += WIDTH) {
    Slope slope = Function::slope(load(gate + i));
    Vec cotangent = load(g + i);
    store(dgate + i, cotangent * load(up + i) * slope.derivative);
    store(dup + i, cotangent * slope.value);
  }
  if (long rest = count - i; rest > 0) {
    Slope slope = Function::slope(load_some(gate + i, rest));
    Vec cotangent = load_some(g + i, rest);
    store_some(dgate + i, cotangent * load_some(up + i, rest) * slope.derivative, rest);
    store_some(dup + i, cotangent * slope.value, rest);
  }
}

void forward(Activation activation, const float* gate, const float* up, long count, float* y) {
  switch (activation) {
    case Activation::SILU:
      return forward_of<Silu>(gate, up, count, y);
    case Activation::GELU:
      return forward_of<Gelu>(gate, up, count, y);
    case Activation::GELU_TANH:
      return forward_of<GeluTanh>(gate, up, count, y);
  }
}

void to_inputs(Activation activation, const float* gate, const float* up, const float* g, long count, float* dgate,
    float* dup) {
  switch (activation) {
    case Activation::SILU:
      return to_inputs_of<Silu>(gate, up, g, count, dgate, dup);
    case Activation::GELU:
      return to_inputs_of<Gelu>(gate, up, g, count, dgate, dup);
    case Activation::GELU_TANH:
      return to_inputs_of<GeluTanh>(gate, up, g, count, dgate, dup);
  }
}

}  // namespace

const Gated gated{forward, to_inputs};

}  // namespace kernels::ISA
