// Products of vectors. One row of C, c = a op(B) + beta c, is limited by how fast B comes from memory; a C of one step
// of k, each row of which is a multiple of the row op(B), by how fast it can be written. Included once per instruction
// set.
#if defined(NOPT_GEMM_VECTOR_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NOPT_GEMM_VECTOR_INL_H
#undef NOPT_GEMM_VECTOR_INL_H
#else
#define NOPT_GEMM_VECTOR_INL_H
#endif

#include "gemm/product.h"
#include "gemm/tile-inl.h"
#include "gemm/transpose-inl.h"

NOPT_KERNEL_NAMESPACE_BEGIN

// One vector of c: adds a[r] times rows of B.
template <int kRows, class Place>
HWY_INLINE void add_rows_to_vector(const Place& place, const V* a, const float* b, int64_t ldb, float beta, float* c) {
  V sum = beta == 0.0f ? zero() : splat(beta) * place.get(c);
  for (int r = 0; r < kRows; ++r) sum = hn::MulAdd(a[r], place.get(b + r * ldb), sum);
  place.put(sum, c);
}

// c = beta c + kRows rows of B, each times its element of a: as many streams as there are rows.
template <int kRows>
HWY_INLINE void add_rows(const float* a, int64_t a_step, const float* b, int64_t ldb, int64_t columns, float beta,
                         float* c) {
  V elements[kRows];
  for (int r = 0; r < kRows; ++r) elements[r] = splat(a[r * a_step]);
  int64_t j = 0;
  for (; j + kLanes <= columns; j += kLanes) {
    add_rows_to_vector<kRows>(WholeVector(), elements, b + j, ldb, beta, c + j);
  }
  if (j < columns) add_rows_to_vector<kRows>(FirstLanes{columns - j}, elements, b + j, ldb, beta, c + j);
}

// B as stored is [k, n]: its rows are read from their beginning to their end.
HWY_INLINE void combine_rows(const GemmProduct& p, const float* a, int64_t a_step) {
  constexpr int kRowsAtOnce = 8;
  int64_t k = 0;
  float beta = p.beta;
  for (; k + kRowsAtOnce <= p.k; k += kRowsAtOnce) {
    add_rows<kRowsAtOnce>(a + k * a_step, a_step, p.b + k * p.ldb, p.ldb, p.n, beta, p.c);
    beta = 1.0f;
  }
  for (; k < p.k; ++k) {
    add_rows<1>(a + k * a_step, a_step, p.b + k * p.ldb, p.ldb, p.n, beta, p.c);
    beta = 1.0f;
  }
}

// The same where c fits into registers: several sums for each vector of it, so that they do not wait for each other.
template <int kVectors>
HWY_INLINE void combine_narrow_rows(const GemmProduct& p, const float* a, int64_t a_step, int64_t last) {
  constexpr int kSums = 8 / kVectors;
  V sum[kSums][kVectors];
  for (int s = 0; s < kSums; ++s) {
    for (int j = 0; j < kVectors; ++j) sum[s][j] = zero();
  }
  const auto add = [&](int s, int64_t k) HWY_ATTR {
    const V element = splat(a[k * a_step]);
    const float* const b = p.b + k * p.ldb;
    for (int j = 0; j + 1 < kVectors; ++j) sum[s][j] = hn::MulAdd(element, load(b + j * kLanes), sum[s][j]);
    const float* const end = b + (kVectors - 1) * kLanes;
    const V row = last == kLanes ? load(end) : load_first(end, last);
    sum[s][kVectors - 1] = hn::MulAdd(element, row, sum[s][kVectors - 1]);
  };
  int64_t k = 0;
  for (; k + kSums <= p.k; k += kSums) {
    for (int s = 0; s < kSums; ++s) add(s, k + s);
  }
  for (; k < p.k; ++k) add(0, k);
  for (int step = kSums / 2; step > 0; step /= 2) {
    for (int s = 0; s < step; ++s) {
      for (int j = 0; j < kVectors; ++j) sum[s][j] = sum[s][j] + sum[s + step][j];
    }
  }
  Tile tile = {};
  tile.beta = p.beta;
  tile.last = last;
  const V(&row)[1][kVectors] = *reinterpret_cast<const V(*)[1][kVectors]>(&sum[0]);
  write_tile(row, tile, p.c);
}

// Rows of B whose inner products are computed at the same time: few, because rows a power of two apart compete for the
// same places in the cache.
constexpr int64_t kGroupRows = kLanes < 4 ? kLanes : 4;

// Partial sums of the inner products of rows [first, first + kGroupRows) with a, a vector for each at `sums`.
HWY_INLINE void multiply_group(const LaneRows& rows, int64_t first, const float* a, int64_t k_count, float* sums) {
  V even[kGroupRows], odd[kGroupRows];
  NOPT_UNROLL
  for (int64_t r = 0; r < kGroupRows; ++r) even[r] = odd[r] = zero();
  int64_t k = 0;
  for (; k + 2 * kLanes <= k_count; k += 2 * kLanes) {
    NOPT_UNROLL
    for (int64_t r = 0; r < kGroupRows; ++r) {
      even[r] = hn::MulAdd(load(a + k), load(rows.row[first + r] + k), even[r]);
      odd[r] = hn::MulAdd(load(a + k + kLanes), load(rows.row[first + r] + k + kLanes), odd[r]);
    }
  }
  for (; k < k_count; k += kLanes) {
    const int64_t rest = k_count - k;
    NOPT_UNROLL
    for (int64_t r = 0; r < kGroupRows; ++r) {
      const float* const row = rows.row[first + r] + k;
      even[r] = rest >= kLanes ? hn::MulAdd(load(a + k), load(row), even[r])
                               : hn::MulAdd(load_first(a + k, rest), load_first(row, rest), even[r]);
    }
  }
  NOPT_UNROLL
  for (int64_t r = 0; r < kGroupRows; ++r) hn::Store(even[r] + odd[r], D(), sums + r * kLanes);
}

// Lane r of the result is the sum over row r of a square of kLanes x kLanes.
HWY_INLINE V sum_rows(const float* square) {
  V sum = zero();
  transpose_matrix(square, kLanes, kLanes, kLanes,
                   [&](V lanes, int64_t, int64_t, int64_t) HWY_ATTR { sum = sum + lanes; });
  return sum;
}

// B as stored is [n, k]: each element of c is the inner product of a row with a, which is contiguous.
HWY_INLINE void multiply_rows(const GemmProduct& p, const float* a) {
  for (int64_t j = 0; j < p.n; j += kLanes) {
    const int64_t lanes = p.n - j < kLanes ? p.n - j : kLanes;
    const LaneRows rows(p.b + j * p.ldb, p.ldb, lanes);
    HWY_ALIGN float square[kLanes * kLanes];
    for (int64_t r = 0; r < kLanes; r += kGroupRows) multiply_group(rows, r, a, p.k, square + r * kLanes);
    if (lanes == kLanes) {
      write_vector(WholeVector(), p.beta, sum_rows(square), p.c + j);
    } else {
      write_vector(FirstLanes{lanes}, p.beta, sum_rows(square), p.c + j);
    }
  }
}

HWY_INLINE void multiply_one_row(const GemmProduct& p, const float* a, int64_t a_step) {
  const int64_t vectors = (p.n + kLanes - 1) / kLanes;
  const int64_t last = p.n - (vectors - 1) * kLanes;
  if (p.transpose_b) return multiply_rows(p, a);
  if (vectors == 1) return combine_narrow_rows<1>(p, a, a_step, last);
  if (vectors == 2) return combine_narrow_rows<2>(p, a, a_step, last);
  combine_rows(p, a, a_step);
}

// `count` floats, `step` apart, beside each other: in place or in the workspace.
HWY_INLINE const float* contiguous(const float* from, int64_t step, int64_t count, float* workspace) {
  if (step == 1) return from;
  for (int64_t i = 0; i < count; ++i) workspace[i] = from[i * step];
  return workspace;
}

void multiply_vector(const GemmProduct& p, float* workspace) {
  if (p.k == 1) {
    const float* const row = contiguous(p.b, p.transpose_b ? p.ldb : 1, p.n, workspace);
    const int64_t a_row = p.transpose_a ? 1 : p.lda;
    for (int64_t i = 0; i < p.m; ++i) add_rows<1>(p.a + i * a_row, 1, row, p.n, p.n, p.beta, p.c + i * p.ldc);
    return;
  }
  const int64_t a_step = p.transpose_a ? p.lda : 1;
  if (!p.transpose_b) return multiply_one_row(p, p.a, a_step);
  multiply_one_row(p, contiguous(p.a, a_step, p.k, workspace), 1);
}

NOPT_KERNEL_NAMESPACE_END

#endif  // NOPT_GEMM_VECTOR_INL_H
