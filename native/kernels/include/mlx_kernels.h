/* Kernels for a CPU, as operations on MLX arrays. Every function records an operation, as mlx-c's do: it gives 0, or 1 after
 * it reported an error to mlx-c's handler. Arrays are float32 unless it says otherwise; gradients flow through all. */
#ifndef MLX_KERNELS_H
#define MLX_KERNELS_H

#include "mlx/c/array.h"
#include "mlx/c/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Number of threads that kernels run on. */
int mlxk_threads(size_t* res);

/* x / sqrt(mean(x^2) + eps) * weight over the last axis; weight [features]. */
int mlxk_rms_norm(mlx_array* res, const mlx_array x, const mlx_array weight, float eps, const mlx_stream s);

#ifdef __cplusplus
}
#endif

#endif
