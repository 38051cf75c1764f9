// The dense layer, forward and backward, against double.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "activation_reference.h"
#include "isa_support.h"
#include "kernels/dense_backward.h"
#include "kernels/dense_forward.h"
#include "test_data.h"

namespace nopt {
namespace {

struct Shape {
  int64_t batch, in, out;
};

constexpr Shape kShapes[] = {{1, 1, 1}, {3, 5, 2}, {32, 20, 10}, {17, 33, 65}, {65, 7, 130}, {100, 129, 31}};

// With and without a parameter, with a derivative from y and from z, element by element and along rows.
constexpr TestedActivation kActivations[] = {{NOPT_ACTIVATION_LINEAR, 0},     {NOPT_ACTIVATION_RELU, 0},
                                             {NOPT_ACTIVATION_TANH, 0},       {NOPT_ACTIVATION_SOFTMAX, 0},
                                             {NOPT_ACTIVATION_GELU, 0},       {NOPT_ACTIVATION_LEAKY_RELU, 0.2},
                                             {NOPT_ACTIVATION_LOG_SOFTMAX, 0}};

// A layer with all its matrices; strides are larger than the rows.
struct Layer {
  Layer(const Shape& shape, const TestedActivation& function)
      : s(shape),
        activation(function),
        x(s.batch * (s.in + 1)),
        w(s.in * (s.out + 2)),
        b(s.out),
        z(s.batch * (s.out + 3)),
        y(s.batch * (s.out + 4)),
        dy(s.batch * (s.out + 5)),
        dw(s.in * (s.out + 6)),
        db(s.out),
        dx(s.batch * (s.in + 7)) {
    x.fill(1);
    w.fill(2, -0.4f, 0.4f);
    b.fill(3);
    dy.fill(4);
    dw.fill(5);
    db.fill(6);
  }

  void forward(const Execution& execution, bool with_bias = true, bool with_z = true) {
    nopt_dense_forward_args args = {};
    args.struct_size = sizeof(args);
    args.activation = activation.kind;
    args.activation_parameter = activation.parameter;
    args.x = matrix_of(x, s.batch, s.in, s.in + 1);
    args.w = matrix_of(w, s.in, s.out, s.out + 2);
    if (with_bias) args.b = matrix_of(b, 1, s.out);
    if (with_z) args.z = matrix_of(z, s.batch, s.out, s.out + 3);
    args.y = matrix_of(y, s.batch, s.out, s.out + 4);
    run_dense_forward(execution, args);
  }

  void backward(const Execution& execution, uint32_t flags = 0) {
    nopt_dense_backward_args args = {};
    args.struct_size = sizeof(args);
    args.activation = activation.kind;
    args.activation_parameter = activation.parameter;
    args.flags = flags;
    args.x = matrix_of(x, s.batch, s.in, s.in + 1);
    args.w = matrix_of(w, s.in, s.out, s.out + 2);
    args.z = matrix_of(z, s.batch, s.out, s.out + 3);
    args.y = matrix_of(y, s.batch, s.out, s.out + 4);
    args.dy = matrix_of(dy, s.batch, s.out, s.out + 5);
    args.dw = matrix_of(dw, s.in, s.out, s.out + 6);
    args.db = matrix_of(db, 1, s.out);
    args.dx = matrix_of(dx, s.batch, s.in, s.in + 7);
    run_dense_backward(execution, args);
  }

  double at(const GuardedArray& m, int64_t row, int64_t column, int64_t stride) const {
    return m[row * stride + column];
  }
  bool guards_are_intact() const {
    return z.guards_are_intact() && y.guards_are_intact() && dy.guards_are_intact() && dw.guards_are_intact() &&
           db.guards_are_intact() && dx.guards_are_intact();
  }

  Shape s;
  TestedActivation activation;
  GuardedArray x, w, b, z, y, dy, dw, db, dx;
};

void expect_forward(const Layer& l, bool with_bias) {
  const Shape& s = l.s;
  for (int64_t i = 0; i < s.batch; ++i) {
    for (int64_t j = 0; j < s.out; ++j) {
      double sum = with_bias ? static_cast<double>(l.b[j]) : 0.0;
      for (int64_t k = 0; k < s.in; ++k) sum += l.at(l.x, i, k, s.in + 1) * l.at(l.w, k, j, s.out + 2);
      ASSERT_NEAR(l.at(l.z, i, j, s.out + 3), sum, 1e-5) << "activation " << l.activation.kind;
    }
    const std::vector<double> y = reference_row(l.activation, l.z.data() + i * (s.out + 3), s.out);
    for (int64_t j = 0; j < s.out; ++j)
      ASSERT_NEAR(l.at(l.y, i, j, s.out + 4), y[static_cast<size_t>(j)], 2e-6) << "activation " << l.activation.kind;
  }
}

class DenseOnIsa : public IsaTest {};
NOPT_INSTANTIATE_FOR_ISAS(DenseOnIsa);

TEST_P(DenseOnIsa, Forward_ForEachActivation_MatchesDouble) {
  for (const Shape& shape : kShapes) {
    for (const TestedActivation& activation : kActivations) {
      for (bool with_bias : {true, false}) {
        Layer layer(shape, activation);
        layer.forward(execution(), with_bias);
        ASSERT_NO_FATAL_FAILURE(expect_forward(layer, with_bias));
        ASSERT_TRUE(layer.guards_are_intact());
      }
    }
  }
}

TEST_P(DenseOnIsa, Forward_WithoutZ_GivesTheSameBits) {
  for (const TestedActivation& activation : kActivations) {
    Layer with({17, 33, 65}, activation);
    Layer without({17, 33, 65}, activation);
    const GuardedArray untouched = without.z;
    with.forward(execution());
    without.forward(execution(), true, false);
    expect_same_bits(without.y, with.y, "y");
    expect_same_bits(without.z, untouched, "z");
  }
}

// The gradient of x w + b in double, from the z that the kernel computed.
std::vector<double> reference_dz(const Layer& l, const GuardedArray& upstream) {
  std::vector<double> dz;
  for (int64_t i = 0; i < l.s.batch; ++i) {
    const std::vector<double> row =
        reference_slope(l.activation, l.z.data() + i * (l.s.out + 3), upstream.data() + i * (l.s.out + 5), l.s.out);
    dz.insert(dz.end(), row.begin(), row.end());
  }
  return dz;
}

void expect_backward(const Layer& l, const Layer& before, double kept) {
  const Shape& s = l.s;
  const std::vector<double> dz = reference_dz(l, before.dy);
  const auto dz_at = [&](int64_t i, int64_t j) { return dz[static_cast<size_t>(i * s.out + j)]; };
  for (int64_t j = 0; j < s.out; ++j) {
    double bias = kept * static_cast<double>(before.db[j]);
    for (int64_t i = 0; i < s.batch; ++i) {
      bias += dz_at(i, j);
      ASSERT_NEAR(l.at(l.dy, i, j, s.out + 5), dz_at(i, j), 1e-5) << "dz";
    }
    ASSERT_NEAR(l.db[j], bias, 1e-4) << "db";
    for (int64_t k = 0; k < s.in; ++k) {
      double sum = kept * before.at(before.dw, k, j, s.out + 6);
      for (int64_t i = 0; i < s.batch; ++i) sum += l.at(l.x, i, k, s.in + 1) * dz_at(i, j);
      ASSERT_NEAR(l.at(l.dw, k, j, s.out + 6), sum, 1e-4) << "dw";
    }
  }
  for (int64_t i = 0; i < s.batch; ++i) {
    for (int64_t k = 0; k < s.in; ++k) {
      double sum = 0;
      for (int64_t j = 0; j < s.out; ++j) sum += dz_at(i, j) * l.at(l.w, k, j, s.out + 2);
      ASSERT_NEAR(l.at(l.dx, i, k, s.in + 7), sum, 1e-4) << "dx";
    }
  }
}

TEST_P(DenseOnIsa, Backward_ForEachActivation_MatchesDouble) {
  for (const Shape& shape : kShapes) {
    for (const TestedActivation& activation : kActivations) {
      for (uint32_t flags : {0u, static_cast<uint32_t>(NOPT_BACKWARD_ACCUMULATE)}) {
        Layer layer(shape, activation);
        layer.forward(execution());
        const Layer before = layer;
        layer.backward(execution(), flags);
        ASSERT_NO_FATAL_FAILURE(expect_backward(layer, before, flags != 0 ? 1.0 : 0.0))
            << "activation " << activation.kind;
        ASSERT_TRUE(layer.guards_are_intact());
      }
    }
  }
}

TEST_P(DenseOnIsa, BiasGradient_HasTheBitsOfTheScalarKernels) {
  Layer actual({65, 7, 130}, {NOPT_ACTIVATION_TANH, 0});
  actual.forward(execution_on(Isa::kScalar));
  Layer expected = actual;
  actual.backward(execution(), NOPT_BACKWARD_ACCUMULATE);
  expected.backward(execution_on(Isa::kScalar), NOPT_BACKWARD_ACCUMULATE);
  expect_same_bits(actual.db, expected.db, "db");
  expect_same_bits(actual.dy, expected.dy, "dz");
}

class ThreadedDense : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Implementation, ThreadedDense,
                         testing::Values(NOPT_GEMM_AUTO, NOPT_GEMM_OPENBLAS, NOPT_GEMM_OWN));

TEST_P(ThreadedDense, ForwardAndBackward_OnSeveralThreads_HaveTheBitsOfOne) {
  for (const TestedActivation& activation : kActivations) {
    Layer expected({200, 300, 170}, activation);
    expected.forward(execution_on(best_isa(), 1, GetParam()));
    expected.backward(execution_on(best_isa(), 1, GetParam()));
    for (int threads : {2, 3, 7}) {
      Layer actual({200, 300, 170}, activation);
      actual.forward(execution_on(best_isa(), threads, GetParam()));
      actual.backward(execution_on(best_isa(), threads, GetParam()));
      expect_same_bits(actual.y, expected.y, "y");
      expect_same_bits(actual.dy, expected.dy, "dz");
      expect_same_bits(actual.dw, expected.dw, "dw");
      expect_same_bits(actual.db, expected.db, "db");
      expect_same_bits(actual.dx, expected.dx, "dx");
    }
  }
}

}  // namespace
}  // namespace nopt
