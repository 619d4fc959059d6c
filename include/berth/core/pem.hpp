#pragma once

/// \file
/// Blocks of PEM: bytes as text between lines that say what they are (RFC 7468, as Go's `encoding/pem` reads
/// it).

#include <berth/core/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace berth {

/// A block, and what follows it in the text.
struct pem_block {
    std::string type;  ///< e.g. `CERTIFICATE REQUEST`
    std::string bytes; ///< decoded
    bool has_headers = false;
    std::string_view rest{};
};

/// The first block of a text that is whole; what stands before it is passed over. Nothing if there is none.
/// Costs the length of the text.
[[nodiscard]] BERTH_DECL auto next_pem_block(std::string_view text) -> std::optional<pem_block>;

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/pem.ipp>
#endif
