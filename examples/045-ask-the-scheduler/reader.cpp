/// \file
/// HTTP requests, and what comes back as objects.

#include "reader.hpp"

#include <berth/api/yaml.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <fstream>
#include <iterator>
#include <sstream>
#include <tuple>

namespace ask {

namespace {

using berth::error_code;
namespace json = boost::json;
namespace http = boost::beast::http;

auto text_at(json::value const& v, std::string_view name) -> std::string {
    auto const* const o = v.if_object();
    auto const* const member = o == nullptr ? nullptr : o->if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : std::string();
}
auto member_of(json::value const& v, std::string_view name) -> json::value const* {
    auto const* const o = v.if_object();
    return o == nullptr ? nullptr : o->if_contains(name);
}

auto read_file(std::string const& file) -> berth::result<std::string> {
    auto in = std::ifstream(file);
    if (!in) return berth::fail(error_code::not_found, "cannot read " + file);
    auto out = std::ostringstream();
    out << in.rdbuf();
    return out.str();
}
auto read_yaml(std::string const& file) -> berth::result<json::value> {
    auto text = read_file(file);
    if (!text) return std::unexpected(std::move(text).error());
    auto documents = berth::api::yaml_to_json(*text);
    if (!documents) return berth::fail(error_code::invalid, file + ": " + documents.error().message);
    if (documents->size() != 1)
        return berth::fail(error_code::invalid, file + ": one document is needed, and there are " +
                                                    std::to_string(documents->size()));
    auto parsed = berth::object::parse_document(documents->front());
    if (!parsed) return berth::fail(error_code::invalid, file + ": " + parsed.error().message);
    return std::move(parsed->value);
}

/// One connection to a server.
class connection {
public:
    explicit connection(std::string url) : url_(std::move(url)), socket_(context_) {}

    auto open() -> berth::result<void> {
        auto rest = std::string_view(url_);
        if (rest.starts_with("https://"))
            return berth::fail(error_code::invalid,
                               url_ + ": TLS is not spoken here; kubectl proxy may help");
        if (!rest.starts_with("http://"))
            return berth::fail(error_code::invalid, url_ + ": a server's URL begins with http://");
        rest.remove_prefix(7);
        rest = rest.substr(0, rest.find('/'));
        auto const colon = rest.rfind(':');
        host_ = std::string(rest.substr(0, colon));
        auto const port = colon == std::string_view::npos ? "80" : std::string(rest.substr(colon + 1));
        auto problem = boost::system::error_code();
        auto const found = boost::asio::ip::tcp::resolver(context_).resolve(host_, port, problem);
        if (!problem) boost::asio::connect(socket_, found, problem);
        if (problem) return berth::fail(error_code::unavailable, url_ + ": " + problem.message());
        auto const patience = timeval{.tv_sec = 30, .tv_usec = 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return {};
    }
    /// The body of a GET. Errors: `not_found`, what the server says, and what the network says.
    auto get(std::string const& path) -> berth::result<json::value> {
        auto request = http::request<http::empty_body>(http::verb::get, path, 11);
        request.set(http::field::host, host_);
        request.set(http::field::accept, "application/json");
        auto problem = boost::system::error_code();
        http::write(socket_, request, problem);
        auto answer = http::response_parser<http::string_body>();
        answer.body_limit(boost::none);
        if (!problem) http::read(socket_, buffer_, answer, problem);
        if (problem) return berth::fail(error_code::unavailable, url_ + path + ": " + problem.message());
        auto body = berth::object::parse_document(answer.get().body());
        auto const status = answer.get().result_int();
        if (status == 200 && body) return std::move(body->value);
        auto why = body ? text_at(body->value, "message") : std::string();
        return berth::fail(status == 404 ? error_code::not_found : error_code::unavailable,
                           url_ + path + ": status " + std::to_string(status) +
                               (why.empty() ? "" : ": " + why));
    }

private:
    std::string url_;
    std::string host_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::socket socket_;
    boost::beast::flat_buffer buffer_;
};

/// Calls `f(object)` for each object of a kind in the cluster.
template <class T, class F> auto each(connection& c, F f) -> berth::result<void> {
    constexpr auto const& r = T::resource;
    auto const folder = r.group.empty() ? "/api/" : "/apis/" + std::string(r.group) + "/";
    auto list = c.get(folder + std::string(r.version) + "/" + std::string(r.plural));
    if (!list && list.error().code == error_code::not_found) return {};
    if (!list) return std::unexpected(std::move(list).error());
    auto const* const items = member_of(*list, "items");
    if (items == nullptr || !items->is_array()) return {};
    for (auto const& item : items->get_array()) {
        auto o = berth::object::from_json<T>(item);
        if (!o) return std::unexpected(std::move(o).error());
        f(*std::move(o));
    }
    return {};
}
template <class T> auto stored(T o) -> berth::object::stored<T> {
    return berth::object::stored<T>({berth::object::any_object(std::move(o)), 1});
}

auto has_ended(kube::pod const& p) -> bool {
    return p.status.phase == "Succeeded" || p.status.phase == "Failed";
}

/// The shelves of a catalogue, one after the other.
template <class T> auto fill(connection& c, kube::shelf<T>& shelf) -> berth::result<void> {
    return each<T>(c, [&](T o) { shelf.put(stored(std::move(o))); });
}

} // namespace

auto server_of(std::string const& kubeconfig) -> berth::result<std::string> {
    auto const config = read_yaml(kubeconfig);
    if (!config) return std::unexpected(config.error());
    auto const named = [&](std::string_view list, std::string const& name) -> json::value const* {
        auto const* const all = member_of(*config, list);
        if (all == nullptr || !all->is_array()) return nullptr;
        for (auto const& one : all->get_array())
            if (text_at(one, "name") == name) return &one;
        return nullptr;
    };
    auto const* const context = named("contexts", text_at(*config, "current-context"));
    auto const* const inner = context == nullptr ? nullptr : member_of(*context, "context");
    auto const* const entry = inner == nullptr ? nullptr : named("clusters", text_at(*inner, "cluster"));
    auto const* const of = entry == nullptr ? nullptr : member_of(*entry, "cluster");
    auto url = of == nullptr ? std::string() : text_at(*of, "server");
    if (url.empty())
        return berth::fail(error_code::invalid, kubeconfig + ": its current context names no server");
    return url;
}

auto cluster::find(std::string_view space, std::string_view name) const -> kube::pod_info const* {
    auto const is = [&](kube::pod_info const& p) {
        return p.value->metadata.name == name && p.value->metadata.namespace_ == space;
    };
    for (auto const& p : waiting)
        if (is(p)) return &p;
    for (auto const& n : state.nodes())
        for (auto const& p : n.pods)
            if (is(*p)) return p.get();
    return nullptr;
}

auto read_cluster(std::string const& url) -> berth::result<std::unique_ptr<cluster>> {
    auto c = connection(url);
    if (auto ok = c.open(); !ok) return std::unexpected(std::move(ok).error());
    auto out = std::make_unique<cluster>();
    auto done = each<kube::node>(c, [&](kube::node n) { out->state.put_node(stored(std::move(n))); });
    out->catalogue.each([&](auto& shelf) {
        if (done) done = fill(c, shelf);
    });
    if (done)
        done = each<kube::pod>(c, [&](kube::pod p) {
            if (has_ended(p)) return;
            auto node = p.spec.node_name;
            auto info = kube::pod_info(stored(std::move(p)), out->catalogue);
            if (node.empty()) out->waiting.push_back(std::move(info));
            else out->state.put_pod(std::move(info), std::move(node));
        });
    if (!done) return std::unexpected(std::move(done).error());
    return out;
}

auto read_pod(std::string const& file, std::string const& space, cluster const& in)
    -> berth::result<kube::pod_info> {
    auto const manifest = read_yaml(file);
    if (!manifest) return std::unexpected(manifest.error());
    auto const* at = &*manifest;
    if (text_at(*manifest, "kind") != "Pod") {
        auto const* const spec = member_of(*manifest, "spec");
        at = spec == nullptr ? nullptr : member_of(*spec, "template");
        if (at == nullptr)
            return berth::fail(error_code::invalid, file + ": is neither a Pod nor has it a pod template");
    }
    auto p = berth::object::from_json<kube::pod>(*at);
    if (!p) return berth::fail(error_code::invalid, file + ": " + p.error().message);
    auto& m = p->metadata;
    if (m.namespace_.empty()) {
        auto const* const meta = member_of(*manifest, "metadata");
        m.namespace_ = meta == nullptr ? std::string() : text_at(*meta, "namespace");
        if (m.namespace_.empty()) m.namespace_ = space;
    }
    if (m.name.empty()) {
        auto const* const meta = member_of(*manifest, "metadata");
        m.name = meta == nullptr ? "new" : text_at(*meta, "name");
    }
    m.uid = "of " + m.namespace_ + "/" + m.name;
    kube::set_defaults(*p);
    return kube::pod_info(stored(*std::move(p)), in.catalogue);
}

} // namespace ask
