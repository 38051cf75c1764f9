/*
 * nativeopt.h: the whole C ABI of NativeOpt and its documentation. What is not in this file is not published.
 *
 * Intended use
 *   1. nopt_context_create            once per thread of work
 *   2. nopt_optimizer_find            a name becomes an id
 *   3. nopt_plan_run                  once per training step: forward, loss, backward and update as one list of operations
 *   4. nopt_context_destroy
 *
 * Rules that hold for every function
 *   - Functions that can fail return a nopt_status: 0 is success, failures are negative and their values never change.
 *     The sentence belonging to the last failure of the calling thread is in nopt_last_error(); it names the argument,
 *     its value and the limit. After a failure no output has been written; only where memory runs out in the middle of a plan
 *     (NOPT_ERROR_OUT_OF_MEMORY), operations before that point have run.
 *   - The caller owns all memory. No pointer is kept after a call has returned.
 *   - Argument structs begin with struct_size = sizeof(the struct). A smaller value than the first published size is
 *     refused; a larger one, up to 4096 bytes more, is accepted if all bytes this library does not know are zero.
 *   - Counts and strides are elements, not bytes. Matrices are row-major. Arrays are aligned to their element size at least;
 *     64 bytes make them faster.
 *   - The buffers an operation writes must not overlap any other of its buffers, except where in-place use is documented.
 *     Matrices with the same stride may be ranges of columns of one larger matrix; any other matrix counts from its first to
 *     its last element, the gaps between its rows included.
 *   - NaN and infinity are data: they propagate. Hyper-parameters (the scalars of a step) must be finite as 32-bit numbers.
 *   - Arithmetic runs with flush-to-zero and denormals-are-zero; the caller's floating-point mode is restored. Numbers below
 *     FLT_MIN are therefore zero, those of an optimizer's state included: the means of a parameter whose gradients stay zero end
 *     there, and its steps stay as quick as any (up to 30 times slower elsewhere).
 *   - A context is used by one thread at a time; different contexts are independent. The worker threads are shared.
 *   - The library never prints, aborts, exits or throws.
 *
 * Environment variables, read when a context is created with the option left at 0. A value that cannot be had fails the call.
 *   NOPT_ISA           scalar, sse4, avx2, avx512 or neon
 *   NOPT_GEMM          openblas or own
 *   NOPT_NUM_THREADS   1 to 1024
 */
#ifndef NATIVEOPT_NATIVEOPT_H
#define NATIVEOPT_NATIVEOPT_H

#include <stdint.h>

#if defined(_WIN32) && defined(NOPT_BUILDING)
#define NOPT_API __declspec(dllexport)
#elif defined(_WIN32)
#define NOPT_API __declspec(dllimport)
#else
#define NOPT_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of this interface. A library serves a caller if both name the same number. */
#define NOPT_ABI_VERSION 1

/** Result of a call: a value of nopt_status_code. */
typedef int32_t nopt_status;

/** Values of nopt_status. */
enum nopt_status_code {
  NOPT_OK = 0,
  NOPT_ERROR_ARGUMENT = -1,      /**< a null pointer, or a value outside its range */
  NOPT_ERROR_STRUCT_SIZE = -2,   /**< struct_size is too small, or the unknown tail is not zero */
  NOPT_ERROR_SHAPE = -3,         /**< sizes that do not fit together, or are zero, negative or too large */
  NOPT_ERROR_OVERLAP = -4,       /**< two buffers share memory and may not */
  NOPT_ERROR_ALIGNMENT = -5,     /**< a pointer is not aligned to its element size */
  NOPT_ERROR_DTYPE = -6,         /**< an element type that this operation does not take */
  NOPT_ERROR_HANDLE = -7,        /**< a context that was closed or never created */
  NOPT_ERROR_NOT_FOUND = -8,     /**< an unknown optimizer name or id */
  NOPT_ERROR_UNSUPPORTED = -9,   /**< this processor or this build cannot do it */
  NOPT_ERROR_DATA = -10,         /**< contents out of range, such as a label not below the number of classes */
  NOPT_ERROR_OUT_OF_MEMORY = -11,
  NOPT_ERROR_INTERNAL = -12      /**< a defect of the library */
};

/** Element types. */
enum nopt_dtype {
  NOPT_DTYPE_F32 = 0,
  NOPT_DTYPE_F64 = 1,
  NOPT_DTYPE_BF16 = 2,
  NOPT_DTYPE_I32 = 3,
  NOPT_DTYPE_U8 = 4
};

/** Memory layouts of a matrix. */
enum nopt_layout {
  NOPT_LAYOUT_ROW_MAJOR = 0
};

/** Instruction sets. A context is created for one of them. */
enum nopt_isa {
  NOPT_ISA_AUTO = 0,   /**< the environment variable NOPT_ISA if set, else the best this processor has */
  NOPT_ISA_SCALAR = 1,
  NOPT_ISA_SSE4 = 2,
  NOPT_ISA_AVX2 = 3,
  NOPT_ISA_AVX512 = 4,
  NOPT_ISA_NEON = 5
};

/** Implementations of the matrix product. */
enum nopt_gemm {
  NOPT_GEMM_AUTO = 0,     /**< the environment variable NOPT_GEMM if set, else chosen by shape */
  NOPT_GEMM_OPENBLAS = 1,
  NOPT_GEMM_OWN = 2
};

/**
 * Activation functions of x; p is activation_parameter, which is 0 where a function has none. Derivatives are computed from y;
 * those marked "from x" need the input of the function instead. At a corner they are PyTorch's: relu has slope 0 at 0.
 */
enum nopt_activation {
  NOPT_ACTIVATION_LINEAR = 0,
  NOPT_ACTIVATION_RELU = 1,          /**< max(x, 0) */
  NOPT_ACTIVATION_SIGMOID = 2,       /**< 1 / (1 + exp(-x)) */
  NOPT_ACTIVATION_TANH = 3,
  NOPT_ACTIVATION_SOFTMAX = 4,       /**< along each row: exp(x) / sum exp(x) */
  NOPT_ACTIVATION_CAPPED_RELU = 5,   /**< min(max(x, 0), p), p > 0; 6 is relu6 */
  NOPT_ACTIVATION_LEAKY_RELU = 6,    /**< x > 0: x; else p x, p >= 0 */
  NOPT_ACTIVATION_ELU = 7,           /**< x > 0: x; else p (exp(x) - 1), p >= 0 */
  NOPT_ACTIVATION_SELU = 8,          /**< 1.0507009873554805 times ELU with p = 1.6732632423543772 */
  NOPT_ACTIVATION_CELU = 9,          /**< x > 0: x; else p (exp(x / p) - 1), p > 0 */
  NOPT_ACTIVATION_GELU = 10,         /**< x (1 + erf(x / sqrt 2)) / 2; from x */
  NOPT_ACTIVATION_GELU_TANH = 11,    /**< x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2; from x */
  NOPT_ACTIVATION_SILU = 12,         /**< x sigmoid(p x), p > 0; from x */
  NOPT_ACTIVATION_MISH = 13,         /**< x tanh(log(1 + exp(x))); from x */
  NOPT_ACTIVATION_HARD_SIGMOID = 14, /**< min(max(x + 3, 0), 6) / 6 */
  NOPT_ACTIVATION_HARD_SILU = 15,    /**< x HARD_SIGMOID(x); from x */
  NOPT_ACTIVATION_HARD_TANH = 16,    /**< min(max(x, -1), 1) */
  NOPT_ACTIVATION_SOFTPLUS = 17,     /**< log(1 + exp(p x)) / p, p > 0 */
  NOPT_ACTIVATION_SOFTSIGN = 18,     /**< x / (1 + |x|) */
  NOPT_ACTIVATION_LOG_SOFTMAX = 19,  /**< along each row: log SOFTMAX(x) */
  NOPT_ACTIVATION_EXPONENTIAL = 20,  /**< exp(x) */
  NOPT_ACTIVATION_LOG_SIGMOID = 21,  /**< log SIGMOID(x) */
  NOPT_ACTIVATION_SOFT_SHRINK = 22,  /**< |x| > p: x - p sign(x); else 0, p >= 0 */
  NOPT_ACTIVATION_HARD_SHRINK = 23,  /**< |x| > p: x; else 0, p >= 0 */
  NOPT_ACTIVATION_TANH_SHRINK = 24,  /**< x - tanh(x); from x */
  NOPT_ACTIVATION_SQUAREPLUS = 25,   /**< (x + sqrt(x^2 + p)) / 2, p >= 0 */
  NOPT_ACTIVATION_PRELU = 26         /**< x > 0: x; else slope x, with slopes in a matrix; from x; not in dense layers */
};

/**
 * Loss functions. The value of one row is given; y is the prediction, t the target, c the number of columns, d = y - t.
 * Probabilities (y without NOPT_LOSS_FROM_LOGITS) are treated as Keras does: a categorical row is divided by its sum, then each
 * element is limited to [1e-7, 1 - 1e-7], and an element that was limited has gradient 0; NOPT_LOSS_UNCLIPPED does as PyTorch
 * does. The cross-entropies take the row sum for a constant in the gradient, the focal loss does not. Where a comment names
 * fields of nopt_loss_args they are read; those it does not name are 0.
 */
enum nopt_loss {
  NOPT_LOSS_MEAN_SQUARED_ERROR = 0,               /**< sum d^2 / c */
  NOPT_LOSS_BINARY_CROSS_ENTROPY = 1,             /**< -sum (t log y + (1 - t) log(1 - y)) / c; label_smoothing */
  NOPT_LOSS_CATEGORICAL_CROSS_ENTROPY = 2,        /**< -sum t log y; label_smoothing, class_weights */
  NOPT_LOSS_SPARSE_CATEGORICAL_CROSS_ENTROPY = 3, /**< -log y[t]; label_smoothing, class_weights, ignore_class */
  NOPT_LOSS_MEAN_ABSOLUTE_ERROR = 4,              /**< sum |d| / c; gradient 0 where d is 0 */
  NOPT_LOSS_MEAN_ABSOLUTE_PERCENTAGE_ERROR = 5,   /**< 100 sum |d| / max(|t|, epsilon) / c */
  NOPT_LOSS_MEAN_SQUARED_LOGARITHMIC_ERROR = 6,   /**< sum (log(1 + max(y, epsilon)) - log(1 + max(t, epsilon)))^2 / c */
  NOPT_LOSS_HUBER = 7,                            /**< sum of d^2 / 2 where |d| <= delta, else delta (|d| - delta / 2), / c */
  NOPT_LOSS_SMOOTH_L1 = 8,                        /**< sum of d^2 / (2 delta) where |d| < delta, else |d| - delta / 2, / c */
  NOPT_LOSS_LOG_COSH = 9,                         /**< sum log(cosh d) / c */
  NOPT_LOSS_COSINE_SIMILARITY = 10,               /**< -sum y t / (max(|y|, epsilon) max(|t|, epsilon)), |.| the length of the row */
  NOPT_LOSS_POISSON = 11,                         /**< sum (y - t log(y + epsilon)) / c; NOPT_LOSS_LOG_INPUT: sum (exp(y) - t y) / c */
  NOPT_LOSS_KL_DIVERGENCE = 12,                   /**< sum t log(t / y), both limited to [epsilon, 1]; NOPT_LOSS_LOG_INPUT: sum
                                                       t (log t - y), not limited, 0 where t is 0 */
  NOPT_LOSS_HINGE = 13,                           /**< sum max(1 - t y, 0) / c; if all targets are 0 or 1, 0 means -1 */
  NOPT_LOSS_SQUARED_HINGE = 14,                   /**< sum max(1 - t y, 0)^2 / c; targets as of NOPT_LOSS_HINGE */
  NOPT_LOSS_CATEGORICAL_HINGE = 15,               /**< max(max((1 - t) y) - sum t y + 1, 0) */
  NOPT_LOSS_BINARY_FOCAL_CROSS_ENTROPY = 16,      /**< mean of (1 - p)^gamma times the binary cross-entropy of the element, p = t y +
                                                       (1 - t)(1 - y), and with NOPT_LOSS_CLASS_BALANCING times t alpha + (1 - t)
                                                       (1 - alpha); label_smoothing */
  NOPT_LOSS_CATEGORICAL_FOCAL_CROSS_ENTROPY = 17, /**< -sum alpha (1 - y)^gamma t log y; label_smoothing, class_weights */
  NOPT_LOSS_TVERSKY = 18                          /**< 1 - s / (s + alpha sum (1 - t) y + beta sum t (1 - y) + epsilon), s = sum t y */
};

/** Operations of a plan. The comment names the struct that nopt_op.args points to. */
enum nopt_op_kind {
  NOPT_OP_DENSE_FORWARD = 1,           /**< nopt_dense_forward_args */
  NOPT_OP_DENSE_BACKWARD = 2,          /**< nopt_dense_backward_args */
  NOPT_OP_ACTIVATION = 3,              /**< nopt_activation_args */
  NOPT_OP_LOSS = 4,                    /**< nopt_loss_args */
  NOPT_OP_OPTIMIZER_STEP = 5,          /**< nopt_optimizer_step_args */
  NOPT_OP_RANDOM_UNIFORM = 6,          /**< nopt_random_uniform_args */
  NOPT_OP_ACTIVATION_BACKWARD = 7,     /**< nopt_activation_backward_args */
  NOPT_OP_NOISE = 8,                   /**< nopt_noise_args */
  NOPT_OP_NORMALIZATION_FORWARD = 9,   /**< nopt_normalization_forward_args */
  NOPT_OP_NORMALIZATION_BACKWARD = 10, /**< nopt_normalization_backward_args */
  NOPT_OP_GRADIENT_NORM = 11,          /**< nopt_gradient_norm_args */
  NOPT_OP_ADAPTIVE_CLIP = 12,          /**< nopt_adaptive_clip_args */
  NOPT_OP_CONSTRAINT = 13,             /**< nopt_constraint_args */
  NOPT_OP_AVERAGE = 14,                /**< nopt_average_args */
  NOPT_OP_MATRIX_STEP = 15,            /**< nopt_matrix_step_args */
  NOPT_OP_PENALTY = 16,                /**< nopt_penalty_args */
  NOPT_OP_CENTRALIZE = 17              /**< nopt_centralize_args */
};

/** Kinds of nopt_noise_args; u and n are a uniform and a normal number that belong to the element. */
enum nopt_noise {
  NOPT_NOISE_DROPOUT = 0,         /**< scale * x + shift where u >= rate, else dropped; without random numbers where rate is 0 */
  NOPT_NOISE_GAUSSIAN_FACTOR = 1, /**< x * (1 + scale * n) */
  NOPT_NOISE_GAUSSIAN = 2         /**< x + scale * n */
};

/** Kinds of normalization: what has a mean and a variance. */
enum nopt_normalization {
  NOPT_NORMALIZATION_BATCH = 0, /**< each column (Ioffe and Szegedy 2015) */
  NOPT_NORMALIZATION_LAYER = 1, /**< each row (Ba, Kiros and Hinton 2016) */
  NOPT_NORMALIZATION_RMS = 2    /**< each row, its mean taken as 0 (Zhang and Sennrich 2019) */
};

/** Bits of nopt_normalization_forward_args.flags and, the second one excepted, nopt_normalization_backward_args.flags. */
enum nopt_normalization_flags {
  NOPT_NORMALIZATION_FIXED = 1,     /**< BATCH: mean and variance are moving_mean and moving_variance, which are only read */
  NOPT_NORMALIZATION_UNBIASED = 2,  /**< BATCH: moving_variance follows variance * rows / (rows - 1); the 0 of a single row as it is */
  NOPT_NORMALIZATION_ACCUMULATE = 4 /**< backward: add to dgamma and dbeta instead of overwriting them */
};

/**
 * Constraints of parameters, as Keras has them. n is the norm sqrt(sum w^2) of a group of weights, and clip limits it to
 * [minimum, maximum].
 */
enum nopt_constraint {
  NOPT_CONSTRAINT_MAX_NORM = 0,      /**< w = w * (min(n, maximum) / (epsilon + n)) */
  NOPT_CONSTRAINT_NON_NEGATIVE = 1,  /**< w = max(w, 0) */
  NOPT_CONSTRAINT_UNIT_NORM = 2,     /**< w = w / (epsilon + n) */
  NOPT_CONSTRAINT_MIN_MAX_NORM = 3   /**< w = w * ((rate * clip(n) + (1 - rate) * n) / (epsilon + n)) */
};

/** What one norm of a matrix is taken over. */
enum nopt_norm_group {
  NOPT_NORM_GROUP_COLUMN = 0,  /**< each column: the weights of one output of a dense layer */
  NOPT_NORM_GROUP_ROW = 1,     /**< each row */
  NOPT_NORM_GROUP_ALL = 2      /**< the whole matrix */
};

/** How a running average a takes in a value w. */
enum nopt_average_form {
  NOPT_AVERAGE_WEIGHTED = 0,  /**< a = keep * a + (1 - keep) * w: the moving average of Keras */
  NOPT_AVERAGE_TOWARDS = 1    /**< a = a + (1 - keep) * (w - a): the average of PyTorch; a stays where w is a */
};

/** Bits of nopt_loss_args.flags. */
enum nopt_loss_flags {
  NOPT_LOSS_FROM_LOGITS = 1,     /**< y is before softmax (categorical) or sigmoid (binary); cross-entropies and focal losses */
  NOPT_LOSS_IGNORE_CLASS = 2,    /**< sparse loss: rows whose label is ignore_class have value and gradient 0 */
  NOPT_LOSS_CLASS_BALANCING = 4, /**< binary focal loss: alpha weighs the classes */
  NOPT_LOSS_UNCLIPPED = 8,       /**< cross-entropies of probabilities: neither divided by the sum nor limited. Binary: logarithms are
                                      at least -100, and the denominator y (1 - y) of the gradient at least 1e-12 */
  NOPT_LOSS_LOG_INPUT = 16,      /**< Poisson and KL: y is a logarithm */
  NOPT_LOSS_LOG_TARGETS = 32,    /**< KL with NOPT_LOSS_LOG_INPUT: t is a logarithm too */
  NOPT_LOSS_FULL = 64,           /**< Poisson: adds Stirling's t log t - t + log(2 pi t) / 2 where t > 1 */
  NOPT_LOSS_WHOLE_BATCH = 128    /**< Tversky: the sums are over all rows; loss_sum is the one value, sample_weights are absent */
};

/** Bits of the flags of backward operations. */
enum nopt_backward_flags {
  NOPT_BACKWARD_ACCUMULATE = 1 /**< add to the gradients of parameters (dw, db, dslopes) instead of overwriting them */
};

/** Bits of nopt_optimizer_step_args.flags and nopt_matrix_step_args.flags. */
enum nopt_step_flags {
  NOPT_STEP_MAXIMIZE = 1,       /**< negate the gradient after clipping and before weight decay */
  NOPT_STEP_ZERO_GRADIENTS = 2, /**< write zeros to the gradients after they have been used; not with NOPT_STEP_MEASURE */
  NOPT_STEP_MEASURE = 4,        /**< NOPT_SCOPE_ALL only: the first pass, which leaves the parameters alone */
  NOPT_STEP_IGNORE_NON_FINITE = 8, /**< gradients that are infinite or NaN count as 0 */
  NOPT_STEP_FAST_MATH = 16      /**< not with NOPT_SCOPE_MATRIX: divisions of the rule may be products with an estimate of the
                                     reciprocal and a Newton step, of a relative error of at most 1.5e-7 (0.6e-7 without). Only AVX2
                                     and AVX-512 do so. The estimates differ between makers of processors, and so do the results; a
                                     divisor of 0 gives NaN, and one above 2^125 counts as 2^125 */
};

/** Bits of the flags of nopt_gradient_norm_args, nopt_adaptive_clip_args and nopt_centralize_args. */
enum nopt_gradient_flags {
  NOPT_GRADIENT_IGNORE_NON_FINITE = 1 /**< gradients that are infinite or NaN count as 0 */
};

/**
 * What the sums run over that the first pass of an optimizer takes. Sums have a fixed order, whatever the threads and the
 * instruction set.
 */
enum nopt_scope {
  NOPT_SCOPE_ELEMENT = 0,  /**< one pass, no sums */
  NOPT_SCOPE_TENSOR = 1,   /**< each segment, which is then one whole tensor; both passes are one operation */
  NOPT_SCOPE_ALL = 2,      /**< all segments together. Each pass is an operation (NOPT_STEP_MEASURE); in between, the caller makes
                                scalars for the second one from the sums */
  NOPT_SCOPE_MATRIX = 3    /**< one parameter, with its rows and columns: NOPT_OP_MATRIX_STEP */
};

/** Lengths of a slot. */
enum nopt_slot_shape {
  NOPT_SLOT_ELEMENTS = 0, /**< one number for each element of the parameters */
  NOPT_SLOT_ROWS = 1,     /**< one for each row */
  NOPT_SLOT_COLUMNS = 2   /**< one for each column */
};

/** A matrix of the caller: element (r, c) is data[r * stride + c]. A null data pointer means "absent" where that is allowed. */
typedef struct nopt_matrix {
  void* data;
  int64_t rows;
  int64_t columns;
  int64_t stride;  /**< elements from one row to the next, at least columns */
  int32_t dtype;   /**< nopt_dtype */
  int32_t layout;  /**< nopt_layout */
} nopt_matrix;

/** One operation of a plan. */
typedef struct nopt_op {
  uint32_t struct_size;
  int32_t kind;      /**< nopt_op_kind */
  const void* args;  /**< the struct that belongs to kind */
} nopt_op;

/** y = activation(x w + b). */
typedef struct nopt_dense_forward_args {
  uint32_t struct_size;
  int32_t activation;           /**< nopt_activation */
  double activation_parameter;  /**< p of the activation; otherwise 0 */
  nopt_matrix x;                /**< [batch, in] */
  nopt_matrix w;                /**< [in, out] */
  nopt_matrix b;                /**< [1, out], or absent */
  nopt_matrix z;                /**< out: [batch, out] x w + b, or absent */
  nopt_matrix y;                /**< out: [batch, out] */
} nopt_dense_forward_args;

/**
 * Gradients of a dense layer. dy is overwritten with the gradient of x w + b; dx is complete before the call returns and w is
 * only read.
 */
typedef struct nopt_dense_backward_args {
  uint32_t struct_size;
  int32_t activation;           /**< nopt_activation; LINEAR where dy is the gradient of x w + b already */
  double activation_parameter;
  uint32_t flags;               /**< nopt_backward_flags */
  int32_t reserved;             /**< 0 */
  nopt_matrix x;                /**< [batch, in] */
  nopt_matrix w;                /**< [in, out]; may be absent where dx is */
  nopt_matrix y;                /**< [batch, out]; may be absent where the derivative is not computed from it */
  nopt_matrix z;                /**< [batch, out] x w + b; needed only by activations whose derivative is computed "from x" */
  nopt_matrix dy;               /**< in: [batch, out] gradient of y; out: gradient of x w + b */
  nopt_matrix dw;               /**< out: [in, out], or absent */
  nopt_matrix db;               /**< out: [1, out], or absent */
  nopt_matrix dx;               /**< out: [batch, in], or absent */
} nopt_dense_backward_args;

/** y = activation(x). x and y may be the same matrix. */
typedef struct nopt_activation_args {
  uint32_t struct_size;
  int32_t activation;           /**< nopt_activation */
  double activation_parameter;
  nopt_matrix x;                /**< [batch, width] */
  nopt_matrix y;                /**< out: [batch, width] */
  nopt_matrix slopes;           /**< of PRELU: [1, width], or [1, 1] for all columns; absent with others */
} nopt_activation_args;

/** Gradients of an activation by itself. dx and dy may be the same matrix. */
typedef struct nopt_activation_backward_args {
  uint32_t struct_size;
  int32_t activation;           /**< nopt_activation */
  double activation_parameter;
  uint32_t flags;               /**< nopt_backward_flags */
  int32_t reserved;             /**< 0 */
  nopt_matrix x;                /**< [batch, width]; needed only where the derivative is computed "from x" */
  nopt_matrix y;                /**< [batch, width] activation(x); may be absent where the derivative is not computed from it */
  nopt_matrix slopes;           /**< as forward */
  nopt_matrix dy;               /**< [batch, width] gradient of y */
  nopt_matrix dslopes;          /**< out: gradient of slopes, as large, or absent */
  nopt_matrix dx;               /**< out: [batch, width], or absent */
} nopt_activation_backward_args;

/** Loss, its gradient and the number of right answers, in one pass. dy may be the same matrix as y. */
typedef struct nopt_loss_args {
  uint32_t struct_size;
  int32_t loss;                /**< nopt_loss */
  uint32_t flags;              /**< nopt_loss_flags */
  int32_t ignore_class;        /**< a label, also one outside [0, columns); 0 without NOPT_LOSS_IGNORE_CLASS */
  double gradient_scale;       /**< factor of dy: 1 / batch for the mean over rows */
  nopt_matrix y;               /**< [batch, columns] predictions or logits */
  nopt_matrix targets;         /**< [batch, columns]; [batch, 1] of NOPT_DTYPE_I32 for the sparse loss, each in [0, columns) */
  nopt_matrix sample_weights;  /**< [batch, 1], or absent (each 1) */
  nopt_matrix dy;              /**< out: [batch, columns] gradient_scale * d(sum of the weighted rows) / dy, or absent */
  double* loss_sum;            /**< out: sum over rows of weight * row value, or null */
  int64_t* correct_count;      /**< out, or null. Categorical: rows whose largest y (the first of equals) is at the largest
                                    target. Binary: elements on the target's side of 0.5 (logits: of 0). Only for cross-entropies
                                    and focal losses. */
  double delta;                /**< of Huber and smooth L1, where PyTorch calls it beta */
  double gamma;                /**< of the focal losses, at least 0 */
  double alpha;                /**< of the focal losses and of Tversky (false positives) */
  double beta;                 /**< of Tversky (false negatives) */
  double epsilon;              /**< see nopt_loss */
  double label_smoothing;      /**< s in [0, 1]: t becomes t (1 - s) + s / 2 (binary) or t (1 - s) + s / columns (categorical) */
  nopt_matrix class_weights;   /**< [1, columns] factors of the terms of the row's sum, or absent (each 1) */
} nopt_loss_args;

/** A run of parameters that share hyper-parameters. Segments ascend and do not overlap. */
typedef struct nopt_segment {
  int64_t offset;
  int64_t count;
  int64_t scalars_index;  /**< row of nopt_optimizer_step_args.prologues and .scalars */
} nopt_segment;

/**
 * What happens to a gradient g of a weight w before the rule sees it, in this order. A stage with its neutral value is skipped.
 *   g = 0 where g is infinite or NaN            (NOPT_STEP_IGNORE_NON_FINITE)
 *   g = g * gradient_scale                      (neutral 1; NaN where the norm of the gradients is NaN)
 *   g = g + l1 * sign(w)                        (neutral 0)
 *   g = g + l2 * w                              (neutral 0)
 *   g = min(max(g, -clip_value), clip_value)    (neutral 0, at least 0; NaN stays NaN)
 *   g = -g                                      (NOPT_STEP_MAXIMIZE)
 *   g = g + weight_decay * w                    (neutral 0; coupled decay)
 *   w = w * weight_factor                       (neutral 1; decoupled decay)
 */
typedef struct nopt_prologue {
  double gradient_scale;
  double l1;
  double l2;
  double clip_value;
  double weight_decay;
  double weight_factor;
} nopt_prologue;

/** One step of an optimizer over segments of contiguous arrays, in one pass over memory; two where its scope is not one element. */
typedef struct nopt_optimizer_step_args {
  uint32_t struct_size;
  int32_t optimizer;              /**< id from nopt_optimizer_find, of any scope but MATRIX */
  uint32_t flags;                 /**< nopt_step_flags */
  uint32_t variant;               /**< bits of nopt_optimizer_info.variant_names */
  int32_t dtype;                  /**< nopt_dtype of parameters, gradients and slots */
  int32_t slot_count;             /**< as nopt_optimizer_info says */
  int32_t scalar_count;           /**< as nopt_optimizer_info says: length of one row of scalars */
  int32_t reserved;               /**< 0 */
  int64_t length;                 /**< elements of parameters, of gradients and of each slot, at least 1 */
  void* parameters;               /**< in and out */
  void* gradients;                /**< in; out with NOPT_STEP_ZERO_GRADIENTS */
  void* const* slots;             /**< slot_count arrays, in and out; null for a slot that the variant does not use */
  const nopt_segment* segments;
  int64_t segment_count;          /**< 0: nothing is updated */
  const nopt_prologue* prologues; /**< row_count rows, at least 1 */
  const double* scalars;          /**< row_count rows of scalar_count values */
  int64_t row_count;
  double* numbers;                /**< NOPT_SCOPE_TENSOR: in and out, row_count rows of number_count numbers, a part of the state;
                                       where there are any, scalars_index ascends from segment to segment.
                                       NOPT_STEP_MEASURE: out, number_count sums. Otherwise null */
} nopt_optimizer_step_args;

/** One step of an optimizer of NOPT_SCOPE_MATRIX on one parameter of rows x columns elements, contiguous and row-major. */
typedef struct nopt_matrix_step_args {
  uint32_t struct_size;
  int32_t optimizer;              /**< id from nopt_optimizer_find, of NOPT_SCOPE_MATRIX */
  uint32_t flags;                 /**< nopt_step_flags */
  uint32_t variant;               /**< bits of nopt_optimizer_info.variant_names */
  int32_t dtype;                  /**< nopt_dtype of parameters, gradients and slots */
  int32_t slot_count;             /**< as nopt_optimizer_info says */
  int32_t scalar_count;           /**< as nopt_optimizer_info says */
  int32_t reserved;               /**< 0 */
  int64_t rows;                   /**< at least 1; 1 for a vector */
  int64_t columns;                /**< at least 1 */
  void* parameters;               /**< in and out */
  void* gradients;                /**< in; out with NOPT_STEP_ZERO_GRADIENTS */
  void* const* slots;             /**< slot_count arrays, in and out, of the lengths nopt_optimizer_info.slot_shapes says; null for
                                       a slot that the variant does not use */
  const nopt_prologue* prologue;  /**< one */
  const double* scalars;          /**< scalar_count values */
  const double* coefficients;     /**< a, b and c of each Newton-Schulz iteration of "muon"; null for other optimizers */
  int64_t coefficient_count;      /**< three for each iteration, at most 300; 0 for other optimizers */
} nopt_matrix_step_args;

/**
 * Norms of the gradients of segments, before a step of an optimizer, and how many gradients are infinite or NaN. Of a prologue the
 * stages up to l2 are applied, in single precision as by the step; the sums are in double. They have a fixed order, whatever the
 * threads and the instruction set.
 */
typedef struct nopt_gradient_norm_args {
  uint32_t struct_size;
  uint32_t flags;                 /**< nopt_gradient_flags */
  int32_t dtype;                  /**< nopt_dtype of parameters and gradients */
  int32_t reserved;               /**< 0 */
  double order;                   /**< p of (sum |g|^p)^(1/p), greater than 0; infinity: the largest |g| */
  int64_t length;                 /**< elements of parameters and of gradients, at least 1 */
  const void* parameters;
  const void* gradients;
  const nopt_segment* segments;
  int64_t segment_count;          /**< 0: nothing is done */
  const nopt_prologue* prologues; /**< row_count rows, at least 1 */
  int64_t row_count;
  double* norms;                  /**< out: segment_count norms, or null */
  int64_t* non_finite_counts;     /**< out: segment_count numbers of gradients that are infinite or NaN, or null */
} nopt_gradient_norm_args;

/**
 * Adaptive gradient clipping (Brock et al. 2021, https://arxiv.org/abs/2102.06171), unit by unit; a unit is a column, what leads to
 * one output of a dense layer. After gradient_scale, l1 and l2 of nopt_prologue, with the norms |g| and |w| of a unit:
 *   y = g                                                             where |g| < clipping * max(|w|, epsilon)
 *   y = g * (clipping * max(|w|, epsilon) / max(|g|, 1e-6))           elsewhere
 * The norms are sums over the rows in their order, in double.
 */
typedef struct nopt_adaptive_clip_args {
  uint32_t struct_size;
  uint32_t flags;         /**< nopt_gradient_flags */
  double clipping;        /**< greater than 0 */
  double epsilon;         /**< at least 0 */
  double gradient_scale;
  double l1;
  double l2;
  nopt_matrix w;          /**< [rows, columns] parameters */
  nopt_matrix g;          /**< [rows, columns] gradients */
  nopt_matrix y;          /**< out: [rows, columns]; may be the same matrix as g */
} nopt_adaptive_clip_args;

/**
 * Gradient centralization (Yong et al. 2020, https://arxiv.org/abs/2004.01461): from each column of the gradients its mean is taken
 * away. Of a prologue the stages up to l2 are applied before. The sums are over the rows in their order, in double.
 */
typedef struct nopt_centralize_args {
  uint32_t struct_size;
  uint32_t flags;                 /**< nopt_gradient_flags */
  const nopt_prologue* prologue;  /**< one */
  nopt_matrix w;                  /**< [rows, columns] parameters */
  nopt_matrix g;                  /**< [rows, columns] gradients */
  nopt_matrix y;                  /**< out: [rows, columns]; may be the same matrix as g */
} nopt_centralize_args;

/**
 * Uniform numbers in [low, high) from Philox 4x32-10 (Salmon et al. 2011); low < high and high - low is finite. Element i (row by
 * row) is word (offset + i) mod 4 of the block whose counter is ((offset + i) / 4, stream) and whose key is seed; its upper 24 bits
 * are the fraction. A sum that rounds to high becomes the largest number below it.
 */
typedef struct nopt_random_uniform_args {
  uint32_t struct_size;
  int32_t reserved;    /**< 0 */
  uint64_t seed;
  uint64_t stream;
  uint64_t offset;
  double low;
  double high;
  nopt_matrix y;       /**< out */
} nopt_random_uniform_args;

/**
 * Random changes of x, element by element. Element i (row by row) takes word (offset + i) mod 4 of the Philox block whose counter is
 * ((offset + i) / 4, stream) and whose key is seed. Its upper 24 bits are the fraction u in [0, 1); n is the normal quantile of
 * (word + 1/2) / 2^32. The same seed, stream and offset make the same change again, in backward for example. y may be x.
 */
typedef struct nopt_noise_args {
  uint32_t struct_size;
  int32_t noise;       /**< nopt_noise */
  uint64_t seed;
  uint64_t stream;
  uint64_t offset;
  double rate;         /**< DROPOUT: in [0, 1] */
  double scale;
  double shift;        /**< DROPOUT */
  double dropped;      /**< DROPOUT */
  nopt_matrix x;       /**< [batch, width] */
  nopt_matrix y;       /**< out: [batch, width] */
} nopt_noise_args;

/**
 * y = (x - mean) * inverse * gamma + beta with inverse = 1 / sqrt(variance + epsilon). The variance is the mean squared distance
 * from the mean. BATCH without FIXED then moves the moving statistics: moving = moving * momentum + statistic * (1 - momentum).
 */
typedef struct nopt_normalization_forward_args {
  uint32_t struct_size;
  int32_t normalization;        /**< nopt_normalization */
  uint32_t flags;               /**< nopt_normalization_flags */
  int32_t reserved;             /**< 0 */
  double epsilon;               /**< at least 0 */
  double momentum;              /**< BATCH: in [0, 1] */
  nopt_matrix x;                /**< [batch, width] */
  nopt_matrix gamma;            /**< [1, width], or absent (each 1) */
  nopt_matrix beta;             /**< [1, width], or absent (each 0) */
  nopt_matrix moving_mean;      /**< BATCH: in and out, [1, width]; may be absent without FIXED. Otherwise absent */
  nopt_matrix moving_variance;  /**< there where moving_mean is */
  nopt_matrix mean;             /**< out: BATCH [1, width], LAYER [batch, 1], or absent; RMS absent */
  nopt_matrix inverse;          /**< out: BATCH [1, width], else [batch, 1], or absent */
  nopt_matrix y;                /**< out: [batch, width] */
} nopt_normalization_forward_args;

/** Gradients of a normalization. Its statistics depend on x, unless FIXED. */
typedef struct nopt_normalization_backward_args {
  uint32_t struct_size;
  int32_t normalization;        /**< nopt_normalization */
  uint32_t flags;               /**< FIXED as forward had it, ACCUMULATE */
  int32_t reserved;             /**< 0 */
  nopt_matrix x;                /**< [batch, width], as forward had it */
  nopt_matrix gamma;            /**< [1, width], or absent (each 1) */
  nopt_matrix mean;             /**< as forward wrote it; RMS absent */
  nopt_matrix inverse;          /**< as forward wrote it */
  nopt_matrix dy;               /**< [batch, width] gradient of y */
  nopt_matrix dgamma;           /**< out: [1, width], or absent */
  nopt_matrix dbeta;            /**< out: [1, width], or absent */
  nopt_matrix dx;               /**< out: [batch, width], or absent */
} nopt_normalization_backward_args;
/** Brings parameters back into the set that a constraint allows, in place. */
typedef struct nopt_constraint_args {
  uint32_t struct_size;
  int32_t constraint;   /**< nopt_constraint */
  int32_t group;        /**< nopt_norm_group; not used by NON_NEGATIVE */
  int32_t reserved;     /**< 0 */
  double minimum;       /**< of a norm, at least 0; MIN_MAX_NORM */
  double maximum;       /**< of a norm, at least minimum; MAX_NORM and MIN_MAX_NORM */
  double rate;          /**< 0 to 1; MIN_MAX_NORM */
  double epsilon;       /**< at least 0 */
  nopt_matrix w;        /**< in and out */
} nopt_constraint_args;

/**
 * One value more in a running average, element by element: an exponential average of weights (keep is its momentum), or the mean of
 * n + 1 values (keep is n / (n + 1)).
 */
typedef struct nopt_average_args {
  uint32_t struct_size;
  int32_t form;         /**< nopt_average_form */
  double keep;          /**< 0 to 1. 0: a becomes a copy of w, whatever it was; 1: nothing is done */
  nopt_matrix w;        /**< [rows, columns] */
  nopt_matrix a;        /**< in and out: [rows, columns] */
} nopt_average_args;

/**
 * The penalty p = l1 * sum |x| + l2 * sum x^2 and its gradient l1 * sign(x) + 2 * l2 * x. The sums have a fixed order, whatever the
 * threads and the instruction set; a term with factor 0 is left out. There is no factor 1/2, as in Keras.
 */
typedef struct nopt_penalty_args {
  uint32_t struct_size;
  int32_t reserved;       /**< 0 */
  double l1;
  double l2;
  double gradient_scale;  /**< factor of the gradient: 1, or 1 / batch for a mean over rows */
  nopt_matrix x;          /**< [rows, columns] */
  nopt_matrix dx;         /**< in and out: [rows, columns] gradient of x, to which that of p is added; or absent */
  double* value;          /**< out: p, or null */
} nopt_penalty_args;

/** How a context is made. Zeros are the defaults. */
typedef struct nopt_context_options {
  uint32_t struct_size;
  int32_t thread_count;  /**< threads that share one operation, the caller included, at most 1024; 0: the processors this process may use */
  int32_t isa;           /**< nopt_isa */
  int32_t gemm;          /**< nopt_gemm */
} nopt_context_options;

/** What a context uses. */
typedef struct nopt_context_info {
  uint32_t struct_size;
  int32_t thread_count;
  int32_t isa;           /**< nopt_isa, never AUTO */
  int32_t gemm;          /**< nopt_gemm; AUTO where the shape decides */
  const char* isa_name;  /**< static */
} nopt_context_info;

/** What this library and this machine are. All strings are static. */
typedef struct nopt_runtime_info {
  uint32_t struct_size;
  int32_t best_isa;             /**< nopt_isa that this processor can run */
  int32_t processor_count;      /**< processors this process may use: affinity and control group */
  int32_t blas_threads;         /**< threads OpenBLAS uses inside one call; 0 without OpenBLAS */
  const char* version;          /**< of NativeOpt: "major.minor.patch" */
  const char* compiler;
  const char* processor;        /**< the processor's own name */
  const char* blas_version;     /**< "OpenBLAS 0.3.21", or "none" */
  const char* blas_core;        /**< kernels OpenBLAS chose, such as "SkylakeX", or "none" */
  const char* blas_threading;   /**< "pthread", or "none" */
} nopt_runtime_info;

/** An optimizer of this library. All strings are static. */
typedef struct nopt_optimizer_info {
  uint32_t struct_size;
  int32_t slot_count;
  int32_t scalar_count;
  int32_t variant_count;               /**< number of variant bits */
  const char* name;
  const char* const* slot_names;
  const char* const* scalar_names;
  const char* const* variant_names;    /**< name of bit 0, bit 1, ... of nopt_optimizer_step_args.variant */
  const uint32_t* slot_variants;       /**< slot i is used where (variant & slot_variants[i]) == slot_variants[i] */
  int32_t scope;                       /**< nopt_scope */
  int32_t number_count;                /**< length of one row of nopt_optimizer_step_args.numbers */
  const char* const* number_names;     /**< null where number_count is 0 */
  const int32_t* slot_shapes;          /**< NOPT_SCOPE_MATRIX: nopt_slot_shape of each slot; otherwise null, all slots are as long as
                                            the parameters */
} nopt_optimizer_info;

/** A field of a struct of this header as the library was compiled, so that bindings can be checked. Strings are static. */
typedef struct nopt_layout_entry {
  uint32_t struct_size;
  int32_t reserved;
  const char* struct_name;
  const char* field_name;  /**< empty: the struct itself */
  int64_t offset;          /**< bytes */
  int64_t size;            /**< bytes */
} nopt_layout_entry;

/** NOPT_ABI_VERSION of the library. */
NOPT_API uint32_t nopt_abi_version(void);

/** SHA-256 of the header the library was compiled with, 64 lower-case hexadecimal digits. */
NOPT_API const char* nopt_header_sha256(void);

/** The sentence of the calling thread's last failure; empty if there was none. Valid until the thread's next failing call. */
NOPT_API const char* nopt_last_error(void);

/** The name of a status, such as "NOPT_ERROR_SHAPE"; "unknown" for a value that is none. */
NOPT_API const char* nopt_status_name(nopt_status status);

/** Describes the library and the machine. info->struct_size is set by the caller. */
NOPT_API nopt_status nopt_runtime_info_get(nopt_runtime_info* info);

/** 1 if this build and this processor can run the instruction set (a nopt_isa), else 0. */
NOPT_API int32_t nopt_isa_supported(int32_t isa);

/**
 * Creates a context, of which there can be 65536. options may be null. An instruction set or a matrix product that this processor
 * or build does not have is NOPT_ERROR_UNSUPPORTED.
 */
NOPT_API nopt_status nopt_context_create(const nopt_context_options* options, uint64_t* context);

/** Closes a context; 0 is ignored. Fails with NOPT_ERROR_HANDLE for one that is closed already. */
NOPT_API nopt_status nopt_context_destroy(uint64_t context);

/** Describes a context. info->struct_size is set by the caller. */
NOPT_API nopt_status nopt_context_info_get(uint64_t context, nopt_context_info* info);

/** Number of optimizers; their ids are 0 .. count - 1. Ids are not stable between versions: names are. */
NOPT_API int32_t nopt_optimizer_count(void);

/** Finds an optimizer by name, such as "adam". */
NOPT_API nopt_status nopt_optimizer_find(const char* name, int32_t* id);

/** Describes an optimizer. info->struct_size is set by the caller. */
NOPT_API nopt_status nopt_optimizer_info_get(int32_t id, nopt_optimizer_info* info);

/**
 * Runs operations in order. All are checked before the first one runs: after a failure no buffer has been written. One call is
 * one training step; a plan of length 1 is a single operation. op_count is 0 (nothing is done) to 2^20. No operation may write
 * what another one was checked by (the list itself, args structs, labels, segments, prologues, scalars, lists of slots): the
 * library does not look for that.
 */
NOPT_API nopt_status nopt_plan_run(uint64_t context, const nopt_op* ops, int64_t op_count);

/** Number of layout entries. */
NOPT_API int32_t nopt_layout_count(void);

/** Entry index of the layout table. entry->struct_size is set by the caller. */
NOPT_API nopt_status nopt_layout_get(int32_t index, nopt_layout_entry* entry);

#ifdef __cplusplus
}
#endif

#endif /* NATIVEOPT_NATIVEOPT_H */
