#include "numbers.h"

#include "half.h"
#include "isa.h"

namespace kernels::ISA {

namespace {

void to_float(const void* from, Number type, long count, float* to) {
  if (type == Number::FLOAT32) {
    std::memcpy(to, from, count * sizeof(float));
    return;
  }
  auto half = static_cast<const uint16_t*>(from);
  long i = 0;
  if (type == Number::BFLOAT16) {
    for (; i + WIDTH <= count; i += WIDTH) store(to + i, from_bfloat16(half + i));
    for (; i < count; i++) to[i] = from_bfloat16(half[i]);
  } else {
    for (; i + WIDTH <= count; i += WIDTH) store(to + i, from_float16(half + i));
    for (; i < count; i++) to[i] = from_float16(half[i]);
  }
}

void from_float(const float* from, Number type, long count, void* to) {
  if (type == Number::FLOAT32) {
    std::memcpy(to, from, count * sizeof(float));
    return;
  }
  auto half = static_cast<uint16_t*>(to);
  if (type == Number::BFLOAT16) {
    for (long i = 0; i < count; i++) half[i] = to_bfloat16(from[i]);
  } else {
    for (long i = 0; i < count; i++) half[i] = to_float16(from[i]);
  }
}

float number(const void* from, Number type, long i) {
  switch (type) {
    case Number::FLOAT32: return static_cast<const float*>(from)[i];
    case Number::BFLOAT16: return from_bfloat16(static_cast<const uint16_t*>(from)[i]);
    default: return from_float16(static_cast<const uint16_t*>(from)[i]);
  }
}

// 32 numbers are BITS words.
template <int BITS>
void unpack_32(const uint32_t* words, float scale, float bias, float* to) {
  constexpr uint32_t MASK = (1u << BITS) - 1;
#if defined(__AVX2__)
  typedef unsigned Words __attribute__((vector_size(WIDTH * 4)));
  Words all_words{};
  std::memcpy(&all_words, words, BITS * 4);
  for (int j = 0; j < 32; j += WIDTH) {
    Words low_word, high_word, shift;
    for (int lane = 0; lane < WIDTH; lane++) {
      int bit = (j + lane) * BITS;
      low_word[lane] = bit / 32;
      high_word[lane] = (bit + BITS - 1) / 32;
      shift[lane] = bit % 32;
    }
    Words value = __builtin_shuffle(all_words, low_word) >> shift;
    if constexpr ((32 % BITS) != 0) value |= (__builtin_shuffle(all_words, high_word) << 1) << (31 - shift);
    store(to + j, __builtin_convertvector(IntVec(value & MASK), Vec) * scale + bias);
  }
#else
  uint64_t stream = 0;
  int held = 0;
  for (int i = 0; i < 32; i++) {
    if (held < BITS) {
      stream |= uint64_t(*words++) << held;
      held += 32;
    }
    to[i] = static_cast<float>(stream & MASK) * scale + bias;
    stream >>= BITS;
    held -= BITS;
  }
#endif
}

template <int BITS>
void unpack(const PackedMatrix& m, long row, long begin, long end, float* to) {
  const uint32_t* words = m.values + row * (m.columns / 32 * BITS) + begin / 32 * BITS;
  long groups = row * (m.columns / m.group);
  for (long i = begin; i < end; i += 32, words += BITS, to += 32) {
    long group = groups + i / m.group;
    unpack_32<BITS>(words, number(m.scales, m.type, group), number(m.biases, m.type, group), to);
  }
}

void unpack_any(const PackedMatrix& m, long row, long begin, long end, float* to) {
  switch (m.bits) {
    case 2: return unpack<2>(m, row, begin, end, to);
    case 3: return unpack<3>(m, row, begin, end, to);
    case 4: return unpack<4>(m, row, begin, end, to);
    case 5: return unpack<5>(m, row, begin, end, to);
    case 6: return unpack<6>(m, row, begin, end, to);
    default: return unpack<8>(m, row, begin, end, to);
  }
}

}  // namespace

const Numbers numbers_functions{to_float, from_float, unpack_any};

}  // namespace kernels::ISA
