#pragma once

/// \file
/// OpenSSL's values, owned; its errors, as ours.

#include <berth/core/error.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <string_view>

namespace berth::credentials::detail {

/// Frees with a function of OpenSSL.
template <auto Free> struct freed_by {
    template <class T> auto operator()(T* p) const -> void { Free(p); }
};
template <class T, auto Free> using owned = std::unique_ptr<T, freed_by<Free>>;

using bio = owned<BIO, BIO_free_all>;

/// What OpenSSL complained of last, and forgets thereby; `what` is what was tried.
inline auto openssl_failed(error_code code, std::string what) -> std::unexpected<error> {
    auto const last = ERR_peek_last_error();
    auto const* const reason = last == 0 ? nullptr : ERR_reason_error_string(last);
    ERR_clear_error();
    if (reason != nullptr) what.append(": ").append(reason);
    return fail(code, std::move(what));
}

inline auto reading(std::string_view text) -> bio {
    return bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}
inline auto writing() -> bio { return bio(BIO_new(BIO_s_mem())); }

/// What was written.
inline auto text_of(bio const& b) -> std::string {
    auto* data = static_cast<char*>(nullptr);
    auto const size = BIO_get_mem_data(b.get(), &data);
    return size <= 0 ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

inline auto bytes_of(std::string_view text) -> unsigned char const* {
    return reinterpret_cast<unsigned char const*>(text.data());
}
inline auto bytes_of(std::string& text) -> unsigned char* {
    return reinterpret_cast<unsigned char*>(text.data());
}

} // namespace berth::credentials::detail
