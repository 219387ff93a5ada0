#include <algorithm>

#include "mlx_kernels.h"
#include "primitives/products.h"

namespace kernels {

namespace {

class Matmul : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    make_sum(in.size() > 2 ? &in[2] : nullptr, out[0]);
    MatrixView x = matrix_view(in[0]), w = matrix_view(in[1]);
    Result result{out[0].data<void>(), number_of(out[0].dtype()), w.columns};
    Addend addend = in.size() > 2 ? addend_of(in[2]) : Addend{};
    dispatch(stream(), [=] { gemm(x.as_left(), w.as_right(), addend, result, x.rows, w.columns, x.columns); });
  }

  std::vector<mx::array> vjp(
      const std::vector<mx::array>& in,
      const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums,
      const std::vector<mx::array>&) override {
    const mx::array &x = in[0], &w = in[1], &g = cotangents[0];
    mx::Stream s = stream();
    std::vector<mx::array> gradients;
    for (int argument : argnums) {
      if (argument == 0) {
        gradients.push_back(matmul(g, mx::transpose(w, s), std::nullopt, x.dtype(), s));
      } else if (argument == 1) {
        gradients.push_back(matmul(mx::transpose(rows_of(x, s), s), rows_of(g, s), std::nullopt, w.dtype(), s));
      } else {
        const mx::array& c = in[2];
        gradients.push_back(mx::astype(c.ndim() == 1 ? mx::sum(rows_of(g, s), 0, false, s) : g, c.dtype(), s));
      }
    }
    return gradients;
  }

  const char* name() const override {
    return "Matmul";
  }

  bool is_equivalent(const Primitive&) const override {
    return true;
  }
};

// Whether x w, to which c is added if there is one, is a product of these kernels.
bool takes(const mx::array& x, const mx::array& w, const mx::array* c) {
  if (!is_number(x.dtype()) || !is_number(w.dtype())) return false;
  if (x.ndim() < 2 || w.ndim() != 2 || x.shape(-1) != w.shape(0)) return false;
  if (!c) return true;
  if (!is_number(c->dtype()) || c->ndim() == 0 || c->shape(-1) != w.shape(1)) return false;
  if (c->ndim() == 1) return true;
  return c->ndim() == x.ndim() && std::equal(x.shape().begin(), x.shape().end() - 1, c->shape().begin());
}

}  // namespace

mx::array matmul(
    const mx::array& x, const mx::array& w, const std::optional<mx::array>& c, mx::Dtype type, mx::Stream s) {
  mx::Shape shape = x.shape();
  shape.back() = w.shape(1);
  std::vector<mx::array> inputs;
  inputs.reserve(c ? 3 : 2);
  inputs.push_back(x);
  inputs.push_back(w);
  if (c) inputs.push_back(row_major(*c, s));
  return mx::array(std::move(shape), type, std::make_shared<Matmul>(s), std::move(inputs));
}

}  // namespace kernels

KERNELS_API int mlxk_matmul(
    mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array c, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    const mx::array &left = mlx_array_get_(x), &right = mlx_array_get_(w);
    const mx::array* added = c.ctx ? &mlx_array_get_(c) : nullptr;
    mx::Stream stream = mlx_stream_get_(s);
    if (!takes(left, right, added)) {
      return added ? mx::addmm(*added, left, right, 1, 1, stream) : mx::matmul(left, right, stream);
    }
    mx::Dtype type = mx::promote_types(left.dtype(), right.dtype());
    if (!added) return matmul(left, right, std::nullopt, type, stream);
    return matmul(left, right, *added, mx::promote_types(type, added->dtype()), stream);
  });
}
