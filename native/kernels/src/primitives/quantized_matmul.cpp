#include "mlx_kernels.h"
#include "primitives/products.h"

KERNELS_API int mlxk_quantized_matmul(
    mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array scales, const mlx_array biases, bool transpose,
    int group_size, int bits, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    mx::Stream stream = mlx_stream_get_(s);
    const mx::array& left = mlx_array_get_(x);
    FrozenWeight weight = frozen_weight(w, scales, biases, group_size, bits, stream);
    check_left(left, transpose ? weight.inputs() : weight.outputs());
    return weight.multiply(left, transpose, std::nullopt, mx::result_type(left, weight.parts[1]), stream);
  });
}
