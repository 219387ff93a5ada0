#include "numbers.h"

namespace kernels {

const Numbers& numbers() {
  return KERNELS_CHOOSE(numbers_functions);
}

}  // namespace kernels
