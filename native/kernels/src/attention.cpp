#include "attention.h"

namespace kernels {

const Attention& attention() {
  return KERNELS_CHOOSE(attention);
}

const AttentionParts& attention_parts() {
  return KERNELS_CHOOSE(attention_parts);
}

}  // namespace kernels
