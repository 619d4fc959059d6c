#pragma once

/// \file
/// Objects, lists and events in the representation that a client asked for.

#include <berth/api/http/status.hpp>
#include <berth/api/http/table.hpp>
#include <berth/api/http/text_cache.hpp>
#include <berth/api/http/yaml_text.hpp>
#include <berth/core/config.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace berth::api::http {

/// How a request wants to see objects.
struct view {
    kind const* of = nullptr;
    representation how;
    row_object rows = row_object::metadata;
    time_point now{};
    std::shared_ptr<text_cache> texts{}; ///< of objects as a whole in JSON; null: each is encoded anew
};

namespace detail {

BERTH_DECL auto finish(std::string json, view const& v, unsigned status) -> response;

BERTH_DECL auto metadata_of(object::object_ref const& ref) -> std::string;

/// `{"kind":"Pod","apiVersion":"v1",`, as `encode` begins.
BERTH_DECL auto opening(object::resource_name const& r, std::string_view suffix) -> std::string;

} // namespace detail

/// One object. Errors: `not_acceptable` for metadata lists.
[[nodiscard]] BERTH_DECL auto render(view const& v, object::object_ref const& ref, unsigned status = 200)
    -> result<response>;

/// A page of a list. Errors: `not_acceptable` for metadata of one object.
[[nodiscard]] BERTH_DECL auto render(view const& v, object_list const& page) -> result<response>;

/// Writes the events of a watch: one JSON document a line, or in protobuf frames, each being the number of
/// its bytes (32 bits, the highest first) and a `WatchEvent`.
class event_writer {
public:
    explicit event_writer(view v) : view_(v) {}

    /// What tables need to say how old things are.
    auto set_time(time_point now) -> void { view_.now = now; }

    auto append(std::string& out, watch_event const& e) -> void;

    /// Everything up to a revision has been told.
    auto append_bookmark(std::string& out, object::revision rev, bool initial_events_end) const -> void;

    /// The watch ends with an error.
    auto append_error(std::string& out, error const& e) const -> void;

    /// The content type of the stream.
    [[nodiscard]] auto content_type() const -> std::string_view;

private:
    /// Appends an event whose object is what `append_object(text)` appends.
    auto append_event(std::string& out, std::string_view type, auto const& append_object) const -> void;

    auto append_object(std::string& out, object::object_ref const& ref) -> void;

    view view_;
    bool columns_ = true; ///< the first table of a watch names its columns
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/render.ipp>
#endif
