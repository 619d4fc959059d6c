#pragma once

/// \file
/// The bodies of `berth/api/http/remote.hpp`.

#include <berth/api/http/remote.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api::http::detail {

/// The texts of an answer's `Warning` headers: `299 - "text"`.
inline auto warnings_of(net::http_answer const& a) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    auto const [begin, end] = a.fields.equal_range("Warning");
    for (auto f = begin; f != end; ++f) {
        auto const value = std::string_view(f->value().data(), f->value().size());
        auto const first = value.find('"');
        auto const last = value.rfind('"');
        if (first == value.npos || last == first) continue;
        auto text = std::string();
        for (auto i = first + 1; i < last; ++i) {
            if (value[i] == '\\' && i + 1 < last) ++i;
            text += value[i];
        }
        out.push_back(std::move(text));
    }
    return out;
}

/// Whether an object that a deletion answers is gone.
inline auto is_gone(object::meta const& m) -> bool {
    return !m.deleting() || (m.finalizers.empty() && m.deletion_grace_period_seconds.value_or(0) == 0);
}

inline auto resource_of(write const& w) -> object::resource_name const& {
    return std::visit(
        []<class R>(R const& r) -> object::resource_name const& {
            if constexpr (requires { r.object; }) {
                if constexpr (requires { r.resource; })
                    if (r.resource != nullptr) return *r.resource;
                return r.object.resource();
            } else {
                return *r.resource;
            }
        },
        w);
}

/// What a write's answer says.
inline auto written_of(answer_reader const& reader, write const& w, net::http_answer const& a)
    -> result<written> {
    if (a.status < 200 || a.status > 299) {
        auto why = error_of(a.status, a.body);
        why.warnings = warnings_of(a);
        return std::unexpected(std::move(why));
    }
    auto const json = json_of(a.body);
    if (!json) return std::unexpected(json.error());
    auto object = reader.object_of(resource_of(w), *json);
    if (!object) return std::unexpected(std::move(object).error());
    auto out = written{.object = *std::move(object), .created = a.status == 201, .warnings = warnings_of(a)};
    if (std::holds_alternative<remove_request>(w)) out.gone = !out.object || is_gone(out.object->metadata());
    return out;
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto remote::connect(shared_registry kinds, remote_options options) -> result<remote> {
    auto where = net::parse_endpoint(options.url, options.url.starts_with("https") ? "443" : "80");
    if (!where) return std::unexpected(std::move(where).error());
    auto tls = net::make_tls({*where}, options.tls);
    if (!tls) return std::unexpected(std::move(tls).error());
    return remote(std::make_shared<detail::remote_desk>(std::move(kinds), *std::move(where), *std::move(tls),
                                                        std::move(options)));
}

BERTH_DECL auto remote::get(object::resource_name const& r, object::key const& k, get_options const& o) const
    -> result<object::object_ref> {
    auto const reader = desk_->reader();
    if (auto ok = reader.knows(r); !ok) return std::unexpected(std::move(ok).error());
    auto request = detail::get_request(r, k, o);
    if (metadata_only_ && o.subresource.empty()) request.accept = detail::metadata_of_one;
    auto const json = desk_->read(request);
    if (!json) return std::unexpected(json.error());
    return reader.object_of(r, *json);
}

BERTH_DECL auto remote::list(object::resource_name const& r, list_options const& o) const
    -> result<object_list> {
    auto const reader = desk_->reader();
    if (auto ok = reader.knows(r); !ok) return std::unexpected(std::move(ok).error());
    auto request = detail::list_request(r, o);
    if (metadata_only_) request.accept = detail::metadata_of_list;
    auto const json = desk_->read(request);
    if (!json) return std::unexpected(json.error());
    return reader.list_of(r, *json);
}

BERTH_DECL auto remote::watch(object::resource_name const& r, watch_options const& o) const
    -> result<watch_type> {
    if (auto ok = desk_->reader().knows(r); !ok) return std::unexpected(std::move(ok).error());
    auto request = detail::watch_request(r, o, desk_->options().watch_for);
    if (metadata_only_) request.accept = detail::metadata_of_one;
    auto opened = desk_->open(request);
    if (!opened) return std::unexpected(std::move(opened).error());
    return remote_watch(desk_, detail::remote_stream(*desk_, r, *std::move(opened)));
}

BERTH_DECL auto remote::commit(std::span<write const> batch) const -> std::vector<result<written>> {
    auto const reader = desk_->reader();
    auto out = std::vector<result<written>>(batch.size());
    auto requests = std::vector<detail::remote_request>();
    auto asked = std::vector<std::size_t>(); // which writes they are
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto request = detail::write_request(batch[i]);
        if (!request) {
            out[i] = std::unexpected(std::move(request).error());
            continue;
        }
        requests.push_back(*std::move(request));
        asked.push_back(i);
    }
    constexpr auto ahead = std::size_t{256};
    for (std::size_t begin = 0; begin < requests.size(); begin += ahead) {
        auto const some = std::span(requests).subspan(begin, std::min(ahead, requests.size() - begin));
        auto answers = desk_->ask(detail::remote_desk::effect::write, some);
        for (std::size_t i = 0; i < some.size(); ++i) {
            auto const which = asked[begin + i];
            if (answers[i]) out[which] = detail::written_of(reader, batch[which], *answers[i]);
            else out[which] = std::unexpected(std::move(answers[i]).error());
        }
    }
    return out;
}

} // namespace berth::api::http
