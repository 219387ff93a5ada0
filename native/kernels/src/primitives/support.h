// What the primitives of this folder share: how one is recorded, evaluated and called from C.
#pragma once

#include "mlx/allocator.h"
#include "mlx/backend/cpu/encoder.h"
#include "mlx/c/error.h"
#include "mlx/c/private/array.h"
#include "mlx/c/private/stream.h"
#include "mlx/mlx.h"
#include "mlx/primitives.h"

#define KERNELS_API extern "C" __attribute__((visibility("default")))

namespace kernels {

namespace mx = mlx::core;

// A primitive for a CPU alone.
class CpuPrimitive : public mx::Primitive {
 public:
  using Primitive::Primitive;

  void eval_gpu(const std::vector<mx::array>&, std::vector<mx::array>&) override {
    throw std::runtime_error(std::string(name()) + " runs on a CPU only");
  }
};

// Throws unless an array has a type.
inline void require(const mx::array& a, mx::Dtype type, const char* what) {
  if (a.dtype() != type) throw std::invalid_argument(std::string(what) + " must be of another type than it is");
}

inline mx::array row_major(const mx::array& a, mx::Stream s) {
  return mx::contiguous(a, false, s);
}

inline float* make(mx::array& out) {
  out.set_data(mx::allocator::malloc(out.nbytes()));
  return out.data<float>();
}

// Runs work in the order of the stream, when the inputs of the primitive are there.
template <typename F>
void dispatch(mx::Stream s, F&& work) {
  mx::cpu::get_command_encoder(s).dispatch(std::forward<F>(work));
}

// Runs the body of a function of the C interface: its array, or the error to mlx-c's handler.
template <typename F>
int record(mlx_array* result, F&& body) {
  try {
    mlx_array_set_(*result, body());
    return 0;
  } catch (std::exception& e) {
    mlx_error("%s", e.what());
    return 1;
  }
}

}  // namespace kernels
