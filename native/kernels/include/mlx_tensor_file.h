/* Arrays in a file of tensors, such as safetensors. Functions give 0, or 1 after they reported an error to mlx-c's
 * handler. */
#ifndef MLX_TENSOR_FILE_H
#define MLX_TENSOR_FILE_H

#include "mlx/c/array.h"
#include "mlx/c/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlxk_tensor_file_ {
  void* ctx;
} mlxk_tensor_file;

/* Whether such files can be opened: where MLX was built for a CPU alone, and keeps arrays in plain memory. */
int mlxk_tensor_file_possible(bool* res);

/* Opens a file. */
int mlxk_tensor_file_new(mlxk_tensor_file* res, const char* file);

/* An array of the bytes from offset on; it keeps the file open. From a multiple of 8 it lies in the mapped file itself, which
 * nothing changes; from elsewhere it is read into memory of its own when it is first computed, on the stream of a CPU. */
int mlxk_tensor_file_array(mlx_array* res, mlxk_tensor_file file, size_t offset, const int* shape, size_t shape_num, mlx_dtype dtype, const mlx_stream s);

int mlxk_tensor_file_free(mlxk_tensor_file file);

#ifdef __cplusplus
}
#endif

#endif
