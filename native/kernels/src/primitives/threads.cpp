#include "mlx_kernels.h"
#include "parallel.h"
#include "primitives/support.h"

KERNELS_API int mlxk_threads(size_t* res) {
  *res = kernels::threads();
  return 0;
}
