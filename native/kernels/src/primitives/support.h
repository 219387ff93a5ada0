// What the primitives of this folder share: how one is recorded, evaluated and called from C.
#pragma once

#include "mlx/allocator.h"
#include "mlx/backend/common/utils.h"
#include "mlx/backend/cpu/encoder.h"
#include "mlx/c/error.h"
#include "mlx/c/private/array.h"
#include "mlx/c/private/stream.h"
#include "mlx/c/private/vector.h"
#include "mlx/mlx.h"
#include "mlx/primitives.h"
#include "parallel.h"

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

// The array in row-major order. Weights are so as they are; mx::contiguous would copy those that are a part of a larger
// buffer, at every use.
inline mx::array row_major(const mx::array& a, mx::Stream s) {
  if (a.is_available() && a.flags().row_contiguous) return a;
  return mx::contiguous(a, false, s);
}

// Strides of [batch, heads, length, features] where the heads of a place lie side by side, as projections give them.
inline mx::Strides heads_inside(const mx::Shape& shape) {
  int64_t heads = shape[1], length = shape[2], features = shape[3];
  return {length * heads * features, features, heads * features, 1};
}

// Makes memory for an output in the order of heads_inside.
inline float* make_heads_inside(mx::array& out) {
  mx::Strides strides = heads_inside(out.shape());
  auto [size, rows, columns] = mx::check_contiguity(out.shape(), strides);
  out.set_data(mx::allocator::malloc(out.nbytes()), out.size(), strides, mx::array::Flags{true, rows, columns});
  return out.data<float>();
}

inline float* make(mx::array& out) {
  out.set_data(mx::allocator::malloc(out.nbytes()));
  return out.data<float>();
}

// As make, in the memory of an input of the same extent where nobody else needs that any more.
inline float* reuse(const mx::array& in, mx::array& out) {
  if (!in.flags().row_contiguous || !mx::is_donatable(in, out)) return make(out);
  out.copy_shared_buffer(in);
  return out.data<float>();
}

// Runs work in the order of the stream, when the inputs of the primitive are there.
template <typename F>
void dispatch(mx::Stream s, F&& work) {
  mx::cpu::get_command_encoder(s).dispatch(std::forward<F>(work));
}

// As dispatch, on all threads: work(begin, end) for parts of 0..count of at least grain, see parallel.
template <typename F>
void dispatch_parts(mx::Stream s, long count, long grain, F&& work) {
  dispatch(s, [count, grain, work = std::forward<F>(work)] { parallel(count, grain, std::cref(work)); });
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

// As record, of a body that gives several arrays.
template <typename F>
int record_all(mlx_vector_array* results, F&& body) {
  try {
    mlx_vector_array_set_(*results, body());
    return 0;
  } catch (std::exception& e) {
    mlx_error("%s", e.what());
    return 1;
  }
}

}  // namespace kernels
